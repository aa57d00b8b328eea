/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-protect-dialog.h"

#include <glib/gi18n.h>

#include "numeral-format.h"
#include "numeral-key-step.h"
#include "numeral-recovery-sheet.h"
#include "numeral-recovery-text.h"

/* Letters of a passphrase of one word that nobody guesses soon. */
#define LONG 16
/* In milliseconds. */
#define PULSE 120

/**
 * NumeralProtectDialog:
 * @step: (nullable): the change, from the answers to its end
 * @shown: (nullable): the recovery key that the step waits with
 * @committed: whether the change can no longer be cancelled
 */
struct _NumeralProtectDialog
{
  AdwWindow parent_instance;

  NumeralProtector *protector;
  NumeralProtectionAction action;
  NumeralKeyStep *step;
  char *shown;
  gboolean committed;
  guint pulsing;

  GtkWidget *cancel;
  GtkButton *next;
  GtkStack *stack;
  GtkLabel *intro;
  GtkWidget *choice;
  GtkCheckButton *use_keyring, *use_passphrase;
  GtkWidget *entries;
  GtkEditable *passphrase, *repeated;
  GtkLabel *hint;
  GtkLabel *problem;
  GtkLabel *recovery;
  GtkCheckButton *written;
  GtkLabel *doing;
  GtkProgressBar *progress;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralProtectDialog, numeral_protect_dialog, ADW_TYPE_WINDOW)

/* Whether a new passphrase is to be typed. */
static gboolean
wants_passphrase (NumeralProtectDialog *self)
{
  return self->action == NUMERAL_PROTECTION_SET_PASSPHRASE ||
         (self->action == NUMERAL_PROTECTION_ON &&
          gtk_check_button_get_active (self->use_passphrase));
}

/* (transfer full): what is still missing, or advice. @ready: (out): whether it will do */
static char *
judge_passphrase (NumeralProtectDialog *self, gboolean *ready)
{
  const char *text = gtk_editable_get_text (self->passphrase);
  const glong n = g_utf8_strlen (text, -1);
  const guint missing = n < NUMERAL_PASSPHRASE_MIN ? (guint) (NUMERAL_PASSPHRASE_MIN - n) : 0;

  *ready = FALSE;
  if (n == 0)
    return g_strdup (_ ("Several words are easy to remember and hard to guess."));
  if (missing > 0)
    return g_strdup_printf (ngettext ("%u more letter is needed.", "%u more letters are needed.",
                                      missing),
                            missing);
  if (!g_str_equal (text, gtk_editable_get_text (self->repeated)))
    return g_strdup (_ ("The two are not the same yet."));
  *ready = TRUE;
  if (n < LONG && !g_strrstr (text, " "))
    return g_strdup (_ ("It will do; several words are safer."));
  return g_strdup (_ ("This is a good length."));
}

static const char *
label_next (NumeralProtectDialog *self, const char *page)
{
  if (g_str_equal (page, "recovery"))
    return self->action == NUMERAL_PROTECTION_ON ? _ ("_Protect") : _ ("_Use This Key");
  switch (self->action)
    {
    case NUMERAL_PROTECTION_OFF:
      return _ ("_Switch Off");
    case NUMERAL_PROTECTION_SET_PASSPHRASE:
      return _ ("_Set");
    default:
      return _ ("Con_tinue");
    }
}

static void
update (NumeralProtectDialog *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  const gboolean key = g_strcmp0 (page, "key") == 0;
  const gboolean working = g_strcmp0 (page, "work") == 0;
  gboolean ready = TRUE;

  gtk_widget_set_visible (self->entries, wants_passphrase (self));
  if (wants_passphrase (self))
    {
      g_autofree char *hint = judge_passphrase (self, &ready);

      gtk_label_set_label (self->hint, hint);
    }
  if (!key)
    ready = !working && gtk_check_button_get_active (self->written);
  gtk_widget_set_visible (GTK_WIDGET (self->next), !working);
  if (!working)
    {
      gtk_button_set_label (self->next, label_next (self, page));
      /* GTK forgets it when it is hidden. */
      gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->next));
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "protect.next", ready);
  gtk_widget_set_sensitive (self->cancel, !self->committed);
  gtk_widget_set_tooltip_text (self->cancel,
                               self->committed ? _ ("It has begun, and ends in a moment") : NULL);
}

static void
on_edited (NumeralProtectDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  update (self);
}

static gboolean
on_pulse (gpointer data)
{
  gtk_progress_bar_pulse (NUMERAL_PROTECT_DIALOG (data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
show_page (NumeralProtectDialog *self, const char *page)
{
  const gboolean working = g_str_equal (page, "work");

  gtk_stack_set_visible_child_name (self->stack, page);
  if (working && !self->pulsing)
    self->pulsing = g_timeout_add (PULSE, on_pulse, self);
  else if (!working)
    g_clear_handle_id (&self->pulsing, g_source_remove);
  update (self);
}

/* @committed: whether it cannot be cancelled any more */
static void
show_work (NumeralProtectDialog *self, const char *doing, gboolean committed)
{
  self->committed = committed;
  /* GTK 4.8 warns of an entry that is hidden with the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_label_set_label (self->doing, doing);
  show_page (self, "work");
}

static void
show_problem (NumeralProtectDialog *self, const GError *error)
{
  g_autofree char *reason = numeral_format_sentence (error->message);
  g_autofree char *text =
      self->shown ?
          g_strconcat (reason, " ", _ ("The recovery key that was shown opens nothing."), NULL) :
          g_strdup (reason);

  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  g_clear_pointer (&self->shown, numeral_recovery_text_free);
  /* There is a way out. */
  if (self->action == NUMERAL_PROTECTION_ON &&
      g_error_matches (error, NUMERAL_PROTECT_ERROR, NUMERAL_PROTECT_ERROR_KEYRING))
    {
      g_signal_handlers_block_by_func (self->use_passphrase, on_edited, self);
      gtk_check_button_set_active (self->use_passphrase, TRUE);
      g_signal_handlers_unblock_by_func (self->use_passphrase, on_edited, self);
    }
  show_page (self, "key");
  if (wants_passphrase (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
on_show (const char *text, gpointer data)
{
  NumeralProtectDialog *self = data;
  char *lines = numeral_recovery_sheet_wrap (text);

  self->shown = g_strdup (text);
  gtk_label_set_label (self->recovery, lines);
  numeral_recovery_text_free (lines);
  gtk_check_button_set_active (self->written, FALSE);
  show_page (self, "recovery");
  gtk_widget_grab_focus (GTK_WIDGET (self->written));
}

static void
on_done (const GError *error, gpointer data)
{
  NumeralProtectDialog *self = data;

  g_clear_pointer (&self->step, numeral_key_step_stop);
  self->committed = FALSE;
  if (error)
    {
      show_problem (self, error);
      return;
    }
  g_signal_emit (self, signals[CHANGED], 0);
  gtk_window_destroy (GTK_WINDOW (self));
}

static const char *
describe_work (NumeralProtectDialog *self)
{
  switch (self->action)
    {
    case NUMERAL_PROTECTION_ON:
      return _ ("Encrypting your handwriting…");
    case NUMERAL_PROTECTION_OFF:
      return _ ("Decrypting your handwriting…");
    case NUMERAL_PROTECTION_SET_PASSPHRASE:
      return _ ("Setting the passphrase…");
    default:
      return _ ("Setting the recovery key…");
    }
}

static void
begin (NumeralProtectDialog *self)
{
  const NumeralKeyStepWatch watch = { on_show, on_done, self };
  const gboolean passphrase = wants_passphrase (self);
  const NumeralProtectionRequest request = {
    .action = self->action,
    .passphrase = passphrase ? gtk_editable_get_text (self->passphrase) : NULL,
    .keyring = self->action == NUMERAL_PROTECTION_ON && !passphrase,
  };

  self->step = numeral_key_step_begin (self->protector, &request, &watch);
  if (request.keyring)
    show_work (self, _ ("Waiting for the keyring…"), FALSE);
  else
    show_work (self, describe_work (self),
               self->action == NUMERAL_PROTECTION_OFF ||
                   self->action == NUMERAL_PROTECTION_SET_PASSPHRASE);
}

static void
action_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralProtectDialog *self = NUMERAL_PROTECT_DIALOG (widget);

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (!self->step)
    {
      begin (self);
      return;
    }
  show_work (self, describe_work (self), TRUE);
  gtk_label_set_label (self->recovery, "");
  numeral_key_step_answer (self->step, TRUE);
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralProtectDialog *self = NUMERAL_PROTECT_DIALOG (widget);

  if (self->shown)
    numeral_recovery_sheet_copy (GTK_WIDGET (self->recovery), self->shown);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralProtectDialog *self = NUMERAL_PROTECT_DIALOG (widget);

  if (self->shown)
    numeral_recovery_sheet_save (GTK_WIDGET (self->recovery), self->shown);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NumeralProtectDialog *self = NUMERAL_PROTECT_DIALOG (widget);
  g_autoptr (GtkPrintOperation) print = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->shown)
    return;
  print = numeral_recovery_sheet_new_print (self->shown);
  if (gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self),
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (
                                     gtk_widget_get_ancestor (GTK_WIDGET (self->stack),
                                                              ADW_TYPE_TOAST_OVERLAY)),
                                 adw_toast_new (error->message));
}

static gboolean
numeral_protect_dialog_close_request (GtkWindow *window)
{
  NumeralProtectDialog *self = NUMERAL_PROTECT_DIALOG (window);

  if (self->committed)
    return TRUE;
  return GTK_WINDOW_CLASS (numeral_protect_dialog_parent_class)->close_request (window);
}

static void
numeral_protect_dialog_dispose (GObject *object)
{
  NumeralProtectDialog *self = NUMERAL_PROTECT_DIALOG (object);

  g_clear_handle_id (&self->pulsing, g_source_remove);
  g_clear_pointer (&self->step, numeral_key_step_stop);
  g_clear_pointer (&self->shown, numeral_recovery_text_free);
  g_clear_object (&self->protector);
  G_OBJECT_CLASS (numeral_protect_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, next);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, choice);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, use_keyring);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, use_passphrase);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, entries);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, repeated);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, recovery);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, written);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, doing);
  gtk_widget_class_bind_template_child (widget_class, NumeralProtectDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
numeral_protect_dialog_class_init (NumeralProtectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_protect_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = numeral_protect_dialog_close_request;
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_PROTECT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "protect.next", NULL, action_next);
  gtk_widget_class_install_action (widget_class, "protect.copy", NULL, action_copy);
  gtk_widget_class_install_action (widget_class, "protect.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "protect.print", NULL, action_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/protect/numeral-protect-dialog.ui");
  bind_children (widget_class);
}

static void
numeral_protect_dialog_init (NumeralProtectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* In pixels: what the largest of the pages of a change needs. */
static int
get_height (NumeralProtectionAction action)
{
  switch (action)
    {
    case NUMERAL_PROTECTION_ON:
      return 530;
    case NUMERAL_PROTECTION_OFF:
      return 200;
    default:
      return 380;
    }
}

/* What a change is called, and what it does. */
static void
introduce (NumeralProtectDialog *self)
{
  const NumeralHandProtection *now = numeral_protector_get (self->protector);
  const char *title, *intro;

  switch (self->action)
    {
    case NUMERAL_PROTECTION_ON:
      title = _ ("Protect My Handwriting");
      intro =
          _ ("Your samples, the last drawing, the model that has learned your hand and the runs "
             "on your handwriting are encrypted on the disk. Exports and copies from before are "
             "not.");
      break;
    case NUMERAL_PROTECTION_OFF:
      title = _ ("Switch Off the Protection?");
      intro = _ ("Your handwriting is decrypted. Then everybody who gets the disk, or a copy of "
                 "its files, can read it.");
      break;
    case NUMERAL_PROTECTION_SET_PASSPHRASE:
      title = now && now->has_passphrase ? _ ("Change the Passphrase") : _ ("Set a Passphrase");
      intro = _ ("The recovery key stays as it is.");
      break;
    default:
      title = _ ("New Recovery Key");
      intro = _ ("The old recovery key opens nothing any more as soon as there is a new one.");
    }
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (self->intro, intro);
  gtk_widget_set_visible (self->choice, self->action == NUMERAL_PROTECTION_ON);
  gtk_widget_add_css_class (GTK_WIDGET (self->next), self->action == NUMERAL_PROTECTION_OFF ?
                                                         "destructive-action" :
                                                         "suggested-action");
}

NumeralProtectDialog *
numeral_protect_dialog_new (GtkWindow *parent,
                            NumeralProtector *protector,
                            NumeralProtectionAction action)
{
  NumeralProtectDialog *self = g_object_new (NUMERAL_TYPE_PROTECT_DIALOG, "transient-for", parent,
                                             "default-height", get_height (action), NULL);

  self->protector = g_object_ref (protector);
  self->action = action;
  introduce (self);
  update (self);
  if (action == NUMERAL_PROTECTION_ON)
    gtk_widget_grab_focus (GTK_WIDGET (self->use_keyring));
  else
    gtk_widget_grab_focus (action == NUMERAL_PROTECTION_SET_PASSPHRASE ?
                               GTK_WIDGET (self->passphrase) :
                               GTK_WIDGET (self->next));
  return self;
}
