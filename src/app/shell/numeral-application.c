/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-application.h"

#include <glib/gi18n.h>
#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

#include "numeral-config.h"
#include "numeral-look.h"
#include "numeral-model-file.h"
#include "numeral-model-format.h"
#include "numeral-settings.h"
#include "numeral-sweep.h"
#include "numeral-window.h"
#include "numeral-write-queue.h"

/* Maximum time that loading the model waits for the first frame, in ms. */
#define FIRST_FRAME_MAX 500

#define THEME "Adwaita-empty"

struct _NumeralApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  NumeralRecogniser *recogniser; /* NULL until the model is loaded */
  /* Why there is no recogniser. */
  char *problem;
  GCancellable *loading; /* NULL before the model is loaded */
  guint waiting;         /* timeout that waits for the first frame */
  NumeralFrameLog *frame_log;
};

G_DEFINE_FINAL_TYPE (NumeralApplication, numeral_application, ADW_TYPE_APPLICATION)

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  adw_show_about_window (window, "application-name", _ ("Numeral"), "application-icon",
                         APPLICATION_ID, "version", PACKAGE_VERSION, "developer-name",
                         _ ("The Numeral authors"), "copyright", _ ("© 2026 The Numeral authors"),
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Reads handwritten digits while they are being drawn, and shows how."),
                         /* Translators: put your names here, one a line */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static NumeralWindow *present (NumeralApplication *self);

static void
on_new_drawing (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NumeralWindow *window = present (data);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.clear", NULL);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;
  GtkWindow *window;

  /* Closing a window saves its state. One that asks first stays open. */
  while ((window = gtk_application_get_active_window (application)))
    {
      g_autoptr (GtkWindow) held = g_object_ref (window);

      gtk_window_close (window);
      if (NUMERAL_IS_WINDOW (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return;
      if (gtk_application_get_active_window (application) == window)
        gtk_window_destroy (window);
    }
  g_application_quit (G_APPLICATION (application));
}

static void
add_actions (NumeralApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = on_about },
    { .name = "new-drawing", .activate = on_new_drawing },
    { .name = "quit", .activate = on_quit },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "win.open", { "<Control>o" } },
    { "win.save", { "<Control>s" } },
    { "win.clear", { "<Control>n" } },
    { "window.close", { "<Control>w" } },
    { "app.quit", { "<Control>q" } },
    { "win.show-help-overlay", { "<Control>question", "<Control>F1" } },
  };
  AdwStyleManager *style = adw_application_get_style_manager (ADW_APPLICATION (self));
  g_autoptr (GPropertyAction) style_action = g_property_action_new ("style", style, "color-scheme");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (style_action));
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].keys);
}

/* (transfer full) */
static char *
describe_problem (const GError *error)
{
  return g_strdup_printf (_ ("Digits cannot be read: the model that comes with Numeral is damaged "
                             "(%s). Install Numeral again."),
                          error->message);
}

static void
make_recogniser (NumeralApplication *self, NumeralModel *model)
{
  self->recogniser = numeral_recogniser_new (model);
}

/* Gives the window the recogniser, or shows why there is none. @shipped: (nullable): the model,
 * if it was loaded before the window was made. */
static void
equip (NumeralApplication *self, NumeralWindow *window, NumeralModel *shipped)
{
  NumeralReadingPane *pane = numeral_window_get_pane (window);
  NumeralLab *lab = numeral_window_get_lab (window);

  if (self->problem)
    numeral_window_show_problem (window, self->problem);
  if (!self->recogniser)
    return;
  /* Set it before the pane has the recogniser, which reads with this model already. */
  if (shipped)
    numeral_lab_set_shipped (lab, shipped);
  numeral_reading_pane_set_recogniser (pane, self->recogniser);
  if (!shipped)
    (void) numeral_lab_use_shipped (lab, NULL);
  else if (numeral_lab_get_model (lab) != shipped)
    (void) numeral_recogniser_set_model (self->recogniser, numeral_lab_get_model (lab), NULL);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  NumeralModel *model = numeral_model_load_shipped (&error);

  if (model)
    g_task_return_pointer (task, model, (GDestroyNotify) numeral_model_unref);
  else
    g_task_return_error (task, error);
}

static void
on_model (GObject *source, GAsyncResult *result, gpointer data)
{
  NumeralApplication *self = NUMERAL_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralModel) model = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (model)
    make_recogniser (self, model);
  else
    self->problem = describe_problem (error);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (NUMERAL_IS_WINDOW (l->data))
      equip (self, l->data, model);
}

static void
read_runs (NumeralWindow *window)
{
  NumeralLab *lab = numeral_window_get_lab (window);

  numeral_run_store_set_paused (numeral_lab_get_store (lab), FALSE);
  numeral_lab_load_kept (lab);
}

static void
load_model (NumeralApplication *self)
{
  g_autoptr (GTask) task = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (NUMERAL_IS_WINDOW (l->data))
      read_runs (l->data);
  if (self->loading)
    return;
  g_clear_handle_id (&self->waiting, g_source_remove);
  self->loading = g_cancellable_new ();
  task = g_task_new (self, self->loading, on_model, NULL);
  g_task_run_in_thread (task, load_in_thread);
}

/* Loads the model and reads the runs after the first frame: before it, the window would take 20 %
 * longer to appear, and longer still with very many runs.
 * The recogniser reads what is drawn meanwhile as soon as the model is there. */
static void
on_first_frame (GdkFrameClock *clock, NumeralApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  load_model (self);
}

static void
on_no_frame (gpointer data)
{
  NumeralApplication *self = data;

  self->waiting = 0;
  load_model (self);
}

static void
load_model_soon (NumeralApplication *self, GtkWidget *window)
{
  if (self->loading)
    read_runs (NUMERAL_WINDOW (window));
  if (self->loading || self->waiting)
    return;
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_first_frame), self, 0);
  /* A hidden window is never drawn. */
  self->waiting = g_timeout_add_once (FIRST_FRAME_MAX, on_no_frame, self);
}

/* Sets the theme of libadwaita from the start. Otherwise GTK would load its default theme first,
 * which takes a tenth of the start-up time, and discard it. The program has no other thread yet
 * that could read the environment. */
static void
skip_theme (void)
{
  if (g_getenv ("GTK_THEME") ||
      !g_resources_get_info ("/org/gtk/libgtk/theme/" THEME "/gtk.css",
                             G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
    return;
  g_setenv ("GTK_THEME", THEME, TRUE);
  if (gtk_init_check ())
    (void) gtk_settings_get_default ();
  /* libadwaita does not manage the style if this variable is set. */
  g_unsetenv ("GTK_THEME");
}

static void
sweep_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  numeral_sweep ();
  g_task_return_boolean (task, TRUE);
}

/* Nothing waits for it, and it may end with the program. */
static void
sweep (gpointer unused)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_run_in_thread (task, sweep_in_thread);
}

/* GDK ends the program with any error of the X server, and causes some itself: it moves the popups
 * of a window that have just been destroyed, as when a window is closed with a menu open. Such a
 * request has no effect, and that is all. */
static void
outlive_x_errors (GdkDisplay *display)
{
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (display))
    gdk_x11_display_error_trap_push (display);
#endif
}

static void
numeral_application_startup (GApplication *application)
{
  NumeralApplication *self = NUMERAL_APPLICATION (application);

  skip_theme ();
  G_APPLICATION_CLASS (numeral_application_parent_class)->startup (application);
  outlive_x_errors (gdk_display_get_default ());
  numeral_look_init (adw_application_get_style_manager (ADW_APPLICATION (self)),
                     gdk_display_get_default ());
  gtk_window_set_default_icon_name (APPLICATION_ID);
  add_actions (self);
  self->settings = numeral_settings_new ();
  if (self->settings)
    g_settings_bind (self->settings, "style",
                     adw_application_get_style_manager (ADW_APPLICATION (self)), "color-scheme",
                     G_SETTINGS_BIND_DEFAULT);
  /* The window comes first. */
  g_timeout_add_once (2000, sweep, NULL);
}

static NumeralWindow *
present (NumeralApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!NUMERAL_IS_WINDOW (window))
    {
      window = GTK_WINDOW (numeral_window_new (ADW_APPLICATION (self)));
      equip (self, NUMERAL_WINDOW (window), NULL);
      if (self->frame_log)
        numeral_frame_log_watch (self->frame_log, NUMERAL_WINDOW (window));
    }
  gtk_window_present (window);
  load_model_soon (self, GTK_WIDGET (window));
  return NUMERAL_WINDOW (window);
}

static void
numeral_application_activate (GApplication *application)
{
  present (NUMERAL_APPLICATION (application));
}

static void
numeral_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  NumeralWindow *window = present (NUMERAL_APPLICATION (application));

  if (n_files > 0)
    numeral_window_open_files (window, files, (guint) n_files);
}

static void
numeral_application_shutdown (GApplication *application)
{
  NumeralApplication *self = NUMERAL_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->waiting, g_source_remove);
  if (self->loading)
    g_cancellable_cancel (self->loading);
  if (self->frame_log && !numeral_frame_log_close (self->frame_log, &error))
    g_printerr (_ ("The frame log is not complete: %s\n"), error->message);
  G_APPLICATION_CLASS (numeral_application_parent_class)->shutdown (application);
  /* All windows are closed. What they saved must be on the disk before the process ends. */
  numeral_write_queue_flush ();
}

/* A measurement needs its own process, because the frames of a window in another process cannot
 * be measured. */
static gboolean
begin_frame_log (NumeralApplication *self, const char *path)
{
  GApplication *application = G_APPLICATION (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (NumeralFrameLog) log = numeral_frame_log_new (path, &error);

  if (!log)
    {
      g_printerr (_ ("The frame log cannot be written: %s\n"), error->message);
      return FALSE;
    }
  numeral_application_set_frame_log (self, log);
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return TRUE;
}

static int
numeral_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  const char *path;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Numeral %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "frame-log", "^&ay", &path) &&
      !begin_frame_log (NUMERAL_APPLICATION (application), path))
    return 1;
  if (g_variant_dict_contains (options, "new-drawing"))
    {
      g_autoptr (GError) error = NULL;

      /* Use the window of a running instance, if there is one. */
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "new-drawing", NULL);
    }
  return G_APPLICATION_CLASS (numeral_application_parent_class)
      ->handle_local_options (application, options);
}

static void
numeral_application_finalize (GObject *object)
{
  NumeralApplication *self = NUMERAL_APPLICATION (object);

  g_clear_object (&self->frame_log);
  g_clear_object (&self->settings);
  g_clear_object (&self->loading);
  g_clear_object (&self->recogniser);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (numeral_application_parent_class)->finalize (object);
}

static void
numeral_application_class_init (NumeralApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_application_finalize;
  application_class->startup = numeral_application_startup;
  application_class->shutdown = numeral_application_shutdown;
  application_class->activate = numeral_application_activate;
  application_class->open = numeral_application_open;
  application_class->handle_local_options = numeral_application_handle_local_options;
}

static void
numeral_application_init (NumeralApplication *self)
{
  GApplication *application = G_APPLICATION (self);
  g_autofree char *formats = NULL;
  g_autofree char *summary = NULL;

  g_application_add_main_option (application, "version", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Print the version and exit"), NULL);
  g_application_add_main_option (
      application, "frame-log", 0, 0, G_OPTION_ARG_FILENAME,
      _ ("Measure every frame and every event of the pointer, as lines of JSON in FILE"),
      /* Translators: what stands for the name of a file in the help for the command line */
      _ ("FILE"));
  g_application_add_main_option (application, "new-drawing", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Begin a new drawing"), NULL);
  g_application_set_option_context_parameter_string (application, _ ("[FILE…]"));
  formats = numeral_model_format_dup_names (TRUE);
  summary = g_strdup_printf (
      /* Translators: %s is a list of file formats such as "safetensors" */
      _ ("Draw a digit or a number and have it read. A file is an image, ink (InkML, UNIPEN) or a "
         "model (%s)."),
      formats);
  g_application_set_option_context_summary (application, summary);
}

NumeralApplication *
numeral_application_new (GApplicationFlags flags)
{
  NumeralApplication *self =
      g_object_new (NUMERAL_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                    flags | G_APPLICATION_HANDLES_OPEN, NULL);

  /* Not set here: numeral-look.c explains why. */
  g_application_set_resource_base_path (G_APPLICATION (self), NULL);
  return self;
}

void
numeral_application_set_frame_log (NumeralApplication *self, NumeralFrameLog *log)
{
  g_return_if_fail (NUMERAL_IS_APPLICATION (self));

  g_set_object (&self->frame_log, log);
}
