/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-layer-line.h"

#include <glib/gi18n.h>

#include "numeral-config-row.h"

#define UNITS_STEP 16
#define CHANNELS_STEP 4
#define MAX_FIELDS 5

/* A whole number of a layer that a person sets. */
typedef struct
{
  const char *title;
  gsize offset; /* of a guint in NnLayerSpec */
  guint low, high;
} Field;

struct _NumeralLayerLine
{
  GtkBox parent_instance;

  guint number;
  NnLayerSpec word;
  GtkLabel *size;
  GtkWidget *value; /* (nullable): spin button or drop-down */
  GtkWidget *menu, *up, *down;
  GtkSpinButton *spins[MAX_FIELDS]; /* of the popover */
  gboolean showing;
};

enum
{
  CHANGED,
  MOVED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralLayerLine, numeral_layer_line, GTK_TYPE_BOX)

#define FIELD(title, member, low, high)                         \
  {                                                             \
    title, G_STRUCT_OFFSET (NnLayerSpec, member), (low), (high) \
  }

static const Field conv_fields[MAX_FIELDS] = {
  FIELD (N_ ("Channels"), units, 1, NN_MAX_WIDTH),
  FIELD (N_ ("Window Height"), kernel[0], 1, NN_MAX_KERNEL),
  FIELD (N_ ("Window Width"), kernel[1], 1, NN_MAX_KERNEL),
  FIELD (N_ ("Stride"), stride, 1, NN_MAX_KERNEL),
  FIELD (N_ ("Padding"), padding, 0, NN_MAX_KERNEL),
};
static const Field pool_fields[MAX_FIELDS] = {
  FIELD (N_ ("Window Height"), kernel[0], 1, NN_MAX_KERNEL),
  FIELD (N_ ("Window Width"), kernel[1], 1, NN_MAX_KERNEL),
  FIELD (N_ ("Stride"), stride, 1, NN_MAX_KERNEL),
};

/* The sizes that the popover shows; the first one without a title ends them. */
static const Field *
fields (const NumeralLayerLine *self)
{
  static const Field none[MAX_FIELDS];

  switch ((guint) self->word.kind)
    {
    case NN_LAYER_CONV2D:
      return conv_fields;
    case NN_LAYER_MAXPOOL2D:
    case NN_LAYER_AVGPOOL2D:
      return pool_fields;
    default:
      return none;
    }
}

/* The drop-down's places are those of NnActivation, and then "none". */
static gboolean
is_activation (NnLayerKindId kind)
{
  return (kind >= NN_LAYER_RELU && kind <= NN_LAYER_TANH) || kind == NN_WORD_LINEAR;
}

static gboolean
is_pool (NnLayerKindId kind)
{
  return kind == NN_LAYER_MAXPOOL2D || kind == NN_LAYER_AVGPOOL2D;
}

const char *
numeral_layer_line_title (NnLayerKindId kind)
{
  switch ((guint) kind)
    {
    case NN_LAYER_DENSE:
      return _ ("Dense");
    case NN_LAYER_CONV2D:
      return _ ("Convolution");
    case NN_LAYER_MAXPOOL2D:
      return _ ("Max Pooling");
    case NN_LAYER_AVGPOOL2D:
      return _ ("Average Pooling");
    case NN_LAYER_FLATTEN:
      return _ ("Flatten");
    case NN_LAYER_DROPOUT:
      return _ ("Dropout");
    default:
      return _ ("Activation");
    }
}

NnLayerSpec
numeral_layer_line_initial (NnLayerKindId kind)
{
  NnLayerSpec word = { .kind = kind };

  switch ((guint) kind)
    {
    case NN_LAYER_DENSE:
      word.units = 128;
      break;
    case NN_LAYER_CONV2D:
      word.units = 16;
      word.kernel[0] = word.kernel[1] = 3;
      word.stride = word.padding = 1;
      break;
    case NN_LAYER_MAXPOOL2D:
    case NN_LAYER_AVGPOOL2D:
      word.kernel[0] = word.kernel[1] = word.stride = 2;
      break;
    case NN_LAYER_DROPOUT:
      word.rate = 0.2;
      break;
    default:
      break;
    }
  return word;
}

static void
show (NumeralLayerLine *self)
{
  const NnLayerSpec *word = &self->word;
  const Field *field = fields (self);

  self->showing = TRUE;
  if (GTK_IS_DROP_DOWN (self->value))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->value), word->kind == NN_WORD_LINEAR ?
                                                                 NN_N_ACTIVATIONS :
                                                                 word->kind - NN_LAYER_RELU);
  else if (self->value)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->value),
                               word->kind == NN_LAYER_DROPOUT ? 100 * word->rate :
                               is_pool (word->kind)           ? word->kernel[0] :
                                                                word->units);
  for (guint i = 0; i < MAX_FIELDS && field[i].title; i++)
    gtk_spin_button_set_value (self->spins[i],
                               G_STRUCT_MEMBER (guint, (gpointer) word, field[i].offset));
  self->showing = FALSE;
}

static void
take (NumeralLayerLine *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_value (NumeralLayerLine *self)
{
  NnLayerSpec *word = &self->word;
  double value;

  if (self->showing)
    return;
  value = gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->value));
  if (word->kind == NN_LAYER_DROPOUT)
    word->rate = value / 100;
  else if (is_pool (word->kind))
    word->kernel[0] = word->kernel[1] = word->stride = (guint) value;
  else
    word->units = (guint) value;
  take (self);
}

static void
on_activation (NumeralLayerLine *self)
{
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->value));

  if (self->showing || selected > NN_N_ACTIVATIONS)
    return;
  self->word.kind = selected < NN_N_ACTIVATIONS ? NN_LAYER_RELU + selected : NN_WORD_LINEAR;
  take (self);
}

static void
on_field (GtkSpinButton *spin, NumeralLayerLine *self)
{
  const Field *field = fields (self);

  if (self->showing)
    return;
  for (guint i = 0; i < MAX_FIELDS && field[i].title; i++)
    if (self->spins[i] == spin)
      G_STRUCT_MEMBER (guint, &self->word, field[i].offset) =
          (guint) gtk_spin_button_get_value_as_int (spin);
  take (self);
}

static void
hide_menu (NumeralLayerLine *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->menu));
}

static void
on_up (NumeralLayerLine *self)
{
  hide_menu (self);
  g_signal_emit (self, signals[MOVED], 0, -1);
}

static void
on_down (NumeralLayerLine *self)
{
  hide_menu (self);
  g_signal_emit (self, signals[MOVED], 0, 1);
}

static void
on_remove (NumeralLayerLine *self)
{
  hide_menu (self);
  g_signal_emit (self, signals[REMOVED], 0);
}

static GtkWidget *
add_command (NumeralLayerLine *self,
             GtkBox *box,
             const char *label,
             void (*run) (NumeralLayerLine *))
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkWidget *text = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "layer-command");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (run), self);
  gtk_box_append (box, button);
  return button;
}

static void
add_fields (NumeralLayerLine *self, GtkBox *box)
{
  const Field *field = fields (self);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_add_css_class (grid, "layer-sizes");
  for (guint i = 0; i < MAX_FIELDS && field[i].title; i++)
    {
      GtkWidget *label = gtk_label_new (_ (field[i].title));
      GtkWidget *spin =
          numeral_config_spin_new (field[i].low, field[i].high, 1, TRUE, _ (field[i].title));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_grid_attach (GTK_GRID (grid), label, 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), spin, 1, (int) i, 1, 1);
      self->spins[i] = GTK_SPIN_BUTTON (spin);
      g_signal_connect (spin, "value-changed", G_CALLBACK (on_field), self);
    }
  gtk_box_append (box, grid);
  gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
}

static void
add_menu (NumeralLayerLine *self, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *popover = gtk_popover_new ();

  if (fields (self)->title)
    add_fields (self, GTK_BOX (box));
  self->up = add_command (self, GTK_BOX (box), _ ("Move _Up"), on_up);
  self->down = add_command (self, GTK_BOX (box), _ ("Move _Down"), on_down);
  add_command (self, GTK_BOX (box), _ ("_Remove"), on_remove);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->menu), popover);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->menu, _ ("Sizes and Place of This Layer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_box_append (GTK_BOX (self), self->menu);
}

static GtkWidget *
new_activation (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < NN_N_ACTIVATIONS; i++)
    gtk_string_list_append (titles, _ (nn_train_setting ("activation")->titles[i]));
  /* Translators: no activation function after a layer */
  gtk_string_list_append (titles, _ ("None"));
  return gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
}

/* The size that is changed most; @name: of the layer. */
static void
add_value (NumeralLayerLine *self, const char *name)
{
  g_autofree char *label = NULL;

  if (is_activation (self->word.kind))
    {
      self->value = new_activation ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->value), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
      g_signal_connect_swapped (self->value, "notify::selected", G_CALLBACK (on_activation), self);
    }
  else if (self->word.kind == NN_LAYER_DROPOUT)
    {
      label = g_strdup_printf (_ ("Dropped units of layer %u in percent"), self->number);
      self->value = numeral_config_spin_new (0, 99, 5, FALSE, label);
    }
  else if (is_pool (self->word.kind))
    {
      label = g_strdup_printf (_ ("Window of layer %u"), self->number);
      self->value = numeral_config_spin_new (1, NN_MAX_KERNEL, 1, TRUE, label);
    }
  else if (self->word.kind != NN_LAYER_FLATTEN)
    {
      const gboolean dense = self->word.kind == NN_LAYER_DENSE;

      label = g_strdup_printf (dense ? _ ("Units of layer %u") : _ ("Channels of layer %u"),
                               self->number);
      self->value = numeral_config_spin_new (1, NN_MAX_WIDTH, dense ? UNITS_STEP : CHANNELS_STEP,
                                             TRUE, label);
    }
  if (GTK_IS_SPIN_BUTTON (self->value))
    g_signal_connect_swapped (self->value, "value-changed", G_CALLBACK (on_value), self);
  if (self->value)
    {
      gtk_widget_set_valign (self->value, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self), self->value);
    }
}

static gboolean
on_key (NumeralLayerLine *self, guint key, guint code, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK)
    return GDK_EVENT_PROPAGATE;
  if ((key == GDK_KEY_Up || key == GDK_KEY_KP_Up) && gtk_widget_get_sensitive (self->up))
    on_up (self);
  else if ((key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && gtk_widget_get_sensitive (self->down))
    on_down (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
numeral_layer_line_class_init (NumeralLayerLineClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_LAYER_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", NUMERAL_TYPE_LAYER_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVED] = g_signal_new ("removed", NUMERAL_TYPE_LAYER_LINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_layer_line_init (NumeralLayerLine *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

NumeralLayerLine *
numeral_layer_line_new (guint number, const NnLayerSpec *word)
{
  NumeralLayerLine *self = g_object_new (NUMERAL_TYPE_LAYER_LINE, "orientation",
                                         GTK_ORIENTATION_HORIZONTAL, "spacing", 6, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (numeral_layer_line_title (word->kind));
  /* Translators: the name of a layer in the list: its kind and its number */
  g_autofree char *name =
      g_strdup_printf (_ ("%s, layer %u"), numeral_layer_line_title (word->kind), number);

  self->number = number;
  self->word = *word;
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  self->size = numeral_config_hint_new ("");
  gtk_widget_remove_css_class (GTK_WIDGET (self->size), "subtitle");
  gtk_widget_add_css_class (GTK_WIDGET (self->size), "layer-size");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->size));
  gtk_box_append (GTK_BOX (self), words);
  add_value (self, name);
  add_menu (self, name);
  show (self);
  return self;
}

void
numeral_layer_line_set_word (NumeralLayerLine *self, const NnLayerSpec *word)
{
  g_return_if_fail (NUMERAL_IS_LAYER_LINE (self));

  self->word = *word;
  show (self);
}

const NnLayerSpec *
numeral_layer_line_get_word (NumeralLayerLine *self)
{
  g_return_val_if_fail (NUMERAL_IS_LAYER_LINE (self), NULL);

  return &self->word;
}

void
numeral_layer_line_set_size (NumeralLayerLine *self, const char *text, const char *problem)
{
  g_return_if_fail (NUMERAL_IS_LAYER_LINE (self));

  gtk_label_set_text (self->size, problem ? problem : text);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->size), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->size), "error");
  if (self->value)
    numeral_config_describe (self->value, text, problem);
}

void
numeral_layer_line_set_movable (NumeralLayerLine *self, gboolean up, gboolean down)
{
  g_return_if_fail (NUMERAL_IS_LAYER_LINE (self));

  gtk_widget_set_sensitive (self->up, up);
  gtk_widget_set_sensitive (self->down, down);
}

void
numeral_layer_line_grab_focus (NumeralLayerLine *self)
{
  g_return_if_fail (NUMERAL_IS_LAYER_LINE (self));

  gtk_widget_grab_focus (self->value ? self->value : self->menu);
}
