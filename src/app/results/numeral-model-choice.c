/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-choice.h"

#include <glib/gi18n.h>

#include "numeral-model-file.h"

/* The entries before the file and the runs. */
typedef enum
{
  ENTRY_NONE,
  ENTRY_READING,
  ENTRY_SHIPPED,
  ENTRY_FILE,
} Entry;

struct _NumeralModelChoice
{
  AdwBin parent_instance;

  gboolean optional;
  NumeralLab *lab; /* (nullable) */
  GFile *file;     /* (nullable) */
  GtkStringList *fixed;
  GListStore *lists; /* @fixed, and the runs */
  GtkDropDown *list;
};

enum
{
  PROP_OPTIONAL = 1,
  PROP_NAME,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralModelChoice, numeral_model_choice, ADW_TYPE_BIN)

static void
on_selected (NumeralModelChoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GObject *entry = gtk_list_item_get_item (item);
  const char *property = NUMERAL_IS_RUN (entry) ? "name" : "string";
  GBinding *binding = g_object_bind_property (entry, property, gtk_list_item_get_child (item),
                                              "label", G_BINDING_SYNC_CREATE);

  g_object_set_data_full (G_OBJECT (item), "binding", g_object_ref (binding), g_object_unref);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer unused)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (item), "binding");

  g_binding_unbind (binding);
  g_object_unref (binding);
}

static void
numeral_model_choice_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  NumeralModelChoice *self = NUMERAL_MODEL_CHOICE (object);

  if (id == PROP_OPTIONAL)
    self->optional = g_value_get_boolean (value);
  else if (id == PROP_NAME)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    g_value_get_string (value), -1);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_model_choice_constructed (GObject *object)
{
  NumeralModelChoice *self = NUMERAL_MODEL_CHOICE (object);

  G_OBJECT_CLASS (numeral_model_choice_parent_class)->constructed (object);
  if (self->optional)
    /* Translators: no model is chosen */
    gtk_string_list_append (self->fixed, C_ ("model", "None"));
  gtk_string_list_append (self->fixed, _ ("Model That Reads"));
  gtk_string_list_append (self->fixed, _ ("Model That Ships"));
  gtk_drop_down_set_selected (self->list, 0);
  g_signal_connect_swapped (self->list, "notify::selected-item", G_CALLBACK (on_selected), self);
}

static void
numeral_model_choice_dispose (GObject *object)
{
  NumeralModelChoice *self = NUMERAL_MODEL_CHOICE (object);

  g_clear_object (&self->lab);
  g_clear_object (&self->file);
  if (self->list)
    g_signal_handlers_disconnect_by_func (self->list, on_selected, self);
  self->list = NULL;
  g_clear_object (&self->fixed);
  g_clear_object (&self->lists);
  G_OBJECT_CLASS (numeral_model_choice_parent_class)->dispose (object);
}

static void
numeral_model_choice_class_init (NumeralModelChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = numeral_model_choice_set_property;
  object_class->constructed = numeral_model_choice_constructed;
  object_class->dispose = numeral_model_choice_dispose;
  properties[PROP_OPTIONAL] =
      g_param_spec_boolean ("optional", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_NAME] = g_param_spec_string ("list-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_MODEL_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_model_choice_init (NumeralModelChoice *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFlattenListModel *all;

  self->fixed = gtk_string_list_new (NULL);
  self->lists = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->lists, self->fixed);
  all = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->lists)));
  self->list = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (all), NULL));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_drop_down_set_factory (self->list, factory);
  g_object_unref (factory);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

void
numeral_model_choice_set_lab (NumeralModelChoice *self, NumeralLab *lab)
{
  g_return_if_fail (NUMERAL_IS_MODEL_CHOICE (self));
  g_return_if_fail (!self->lab);

  self->lab = g_object_ref (lab);
  g_list_store_append (self->lists, numeral_lab_get_store (lab));
}

void
numeral_model_choice_take_file (NumeralModelChoice *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  const char *const names[] = { name, NULL };
  const guint at = ENTRY_FILE - (self->optional ? 0 : 1);

  g_return_if_fail (NUMERAL_IS_MODEL_CHOICE (self));

  gtk_string_list_splice (self->fixed, at, self->file ? 1 : 0, names);
  g_set_object (&self->file, file);
  gtk_drop_down_set_selected (self->list, at);
}

/* What is chosen, unless it is a run. */
static Entry
get_entry (NumeralModelChoice *self)
{
  return gtk_drop_down_get_selected (self->list) + (self->optional ? 0 : 1);
}

gboolean
numeral_model_choice_is_none (NumeralModelChoice *self)
{
  g_return_val_if_fail (NUMERAL_IS_MODEL_CHOICE (self), TRUE);

  return !gtk_drop_down_get_selected_item (self->list) ||
         (!numeral_model_choice_get_run (self) && get_entry (self) == ENTRY_NONE);
}

NumeralRun *
numeral_model_choice_get_run (NumeralModelChoice *self)
{
  gpointer item;

  g_return_val_if_fail (NUMERAL_IS_MODEL_CHOICE (self), NULL);

  item = gtk_drop_down_get_selected_item (self->list);
  return NUMERAL_IS_RUN (item) ? item : NULL;
}

char *
numeral_model_choice_dup_name (NumeralModelChoice *self)
{
  NumeralRun *run = numeral_model_choice_get_run (self);
  GObject *item = gtk_drop_down_get_selected_item (self->list);

  if (run)
    return g_strdup (numeral_run_get_name (run));
  return g_strdup (item ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : "");
}

static void
load_in_thread (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  GError *error = NULL;
  NumeralModel *model =
      file ? numeral_model_load (file, cancellable, &error) : numeral_model_load_shipped (&error);

  if (model)
    g_task_return_pointer (task, model, (GDestroyNotify) numeral_model_unref);
  else
    g_task_return_error (task, error);
}

static void
on_run_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  NumeralModel *model = numeral_run_load_model_finish (result, &error);

  if (model)
    g_task_return_pointer (task, model, (GDestroyNotify) numeral_model_unref);
  else
    g_task_return_error (task, error);
}

void
numeral_model_choice_load_async (NumeralModelChoice *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  NumeralModel *reading = self->lab ? numeral_lab_get_model (self->lab) : NULL;
  NumeralRun *run = numeral_model_choice_get_run (self);

  g_return_if_fail (NUMERAL_IS_MODEL_CHOICE (self));

  if (run)
    numeral_run_load_best_async (run, cancellable, on_run_loaded, g_steal_pointer (&task));
  else if (get_entry (self) == ENTRY_READING && reading)
    g_task_return_pointer (task, numeral_model_ref (reading), (GDestroyNotify) numeral_model_unref);
  else
    {
      if (get_entry (self) == ENTRY_FILE)
        g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
      g_task_run_in_thread (task, load_in_thread);
    }
}

NumeralModel *
numeral_model_choice_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
