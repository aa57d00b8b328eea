/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-layers-row.h"

#include <glib/gi18n.h>

#include "numeral-config-row.h"
#include "numeral-digits.h"
#include "numeral-format.h"
#include "numeral-layer-line.h"

/* The side of the images that a convolution is given if the samples are only known as features. */
#define SIDE 28

struct _NumeralLayersRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *lines;
  GtkWidget *add;
  GtkLabel *input, *output, *hint;
  GPtrArray *layers; /* of NumeralLayerLine, without the output */
  NnArchitectureWords words;
  NnActivation activation;
  gboolean input_known;
  gboolean can_work; /* each layer on the one before it */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralLayersRow, numeral_layers_row, ADW_TYPE_PREFERENCES_ROW)

/* The last dense layer gives the classes, which the samples decide: it has no line to edit. */
static guint
n_editable (NumeralLayersRow *self)
{
  const guint n = self->words.n;

  return n > 0 && self->words.words[n - 1].kind == NN_LAYER_DENSE ? n - 1 : n;
}

static gboolean
reads_image (NnLayerKindId kind)
{
  return kind == NN_LAYER_CONV2D || kind == NN_LAYER_MAXPOOL2D || kind == NN_LAYER_AVGPOOL2D;
}

static char *
format_shape (const NnShape *shape)
{
  return nn_shape_is_flat (shape) ?
             g_strdup_printf (ngettext ("%u value", "%u values", shape->channels),
                              shape->channels) :
         shape->channels == 1 ?
             g_strdup_printf ("%u × %u", shape->height, shape->width) :
             /* Translators: channels, height and width of images inside a network */
             g_strdup_printf (_ ("%u × %u × %u"), shape->channels, shape->height, shape->width);
}

static char *
format_size (const NnWordSize *size, gboolean known)
{
  g_autofree char *shape = format_shape (&size->out);

  if (size->n_params == 0 || !known)
    return g_steal_pointer (&shape);
  /* Translators: what a layer gives, and how many weights and biases it has */
  return g_strdup_printf (ngettext ("%s, %'zu parameter", "%s, %'zu parameters",
                                    (gulong) size->n_params),
                          shape, size->n_params);
}

static void
show_input (NumeralLayersRow *self)
{
  g_autofree char *shape = format_shape (&self->words.input);

  gtk_label_set_text (self->input,
                      self->input_known ? shape : _ ("As many values as a sample has"));
}

static void
show_output (NumeralLayersRow *self, const NnWordSize *sizes, guint n_sizes)
{
  const guint n = self->words.n;
  const NnLayerSpec *last = n > 0 ? &self->words.words[n - 1] : NULL;
  gsize total = 0;
  g_autofree char *classes = NULL, *all = NULL;

  for (guint i = 0; i < n_sizes; i++)
    total += sizes[i].n_params;
  if (last && last->kind == NN_LAYER_DENSE)
    classes = g_strdup_printf (ngettext ("%u class", "%u classes", last->units), last->units);
  if (self->can_work && (self->input_known || n == 0))
    all = g_strdup_printf (ngettext ("%'zu parameter in all", "%'zu parameters in all",
                                     (gulong) total),
                           total);
  gtk_label_set_text (self->output, "");
  if (classes && all)
    {
      /* Translators: the classes that a network tells apart, and its parameters in all */
      g_autofree char *both = g_strdup_printf (_ ("%s, %s"), classes, all);

      gtk_label_set_text (self->output, both);
    }
  else if (classes || all)
    gtk_label_set_text (self->output, classes ? classes : all);
}

/* Shows the values of the words in the lines that exist, and what each layer gives. */
static void
show (NumeralLayersRow *self)
{
  NnWordSize sizes[NN_MAX_WORDS];
  g_autoptr (GError) error = NULL;
  const guint n_sizes =
      nn_architecture_words_measure (&self->words, self->activation, sizes, &error);
  g_autofree char *problem = error ? numeral_format_sentence (error->message) : NULL;

  self->can_work = error == NULL;
  for (guint i = 0; i < self->layers->len; i++)
    {
      NumeralLayerLine *line = g_ptr_array_index (self->layers, i);
      g_autofree char *text =
          i < n_sizes ? format_size (&sizes[i], i > 0 || self->input_known) : g_strdup ("");

      numeral_layer_line_set_word (line, &self->words.words[i]);
      numeral_layer_line_set_size (line, text, i == n_sizes ? problem : NULL);
      numeral_layer_line_set_movable (line, i > 0, i + 1 < self->layers->len);
    }
  show_input (self);
  show_output (self, sizes, n_sizes);
  gtk_widget_set_sensitive (self->add, self->words.n < NN_MAX_LAYERS / 2);
}

static void update_lines (NumeralLayersRow *self);

static guint
place_of (NumeralLayersRow *self, NumeralLayerLine *line)
{
  guint i;

  return g_ptr_array_find (self->layers, line, &i) ? i : G_MAXUINT;
}

static void
on_changed (NumeralLayerLine *line, NumeralLayersRow *self)
{
  const guint i = place_of (self, line);

  if (i >= self->words.n)
    return;
  self->words.words[i] = *numeral_layer_line_get_word (line);
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_moved (NumeralLayerLine *line, int by, NumeralLayersRow *self)
{
  const guint i = place_of (self, line), to = i + (guint) by;
  NnLayerSpec word;

  if (i >= self->layers->len || to >= self->layers->len)
    return;
  word = self->words.words[i];
  self->words.words[i] = self->words.words[to];
  self->words.words[to] = word;
  update_lines (self);
  numeral_layer_line_grab_focus (g_ptr_array_index (self->layers, to));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_removed (NumeralLayerLine *line, NumeralLayersRow *self)
{
  const guint i = place_of (self, line);

  if (i >= self->words.n)
    return;
  for (guint j = i + 1; j < self->words.n; j++)
    self->words.words[j - 1] = self->words.words[j];
  self->words.n--;
  update_lines (self);
  gtk_widget_grab_focus (self->add);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Layers that read images go before those that read vectors, and all before the output. */
static guint
place_for (NumeralLayersRow *self, NnLayerKindId kind)
{
  const guint n = n_editable (self);
  guint i = 0;

  if (!reads_image (kind))
    return n;
  while (i < n && self->words.words[i].kind != NN_LAYER_DENSE &&
         self->words.words[i].kind != NN_LAYER_FLATTEN)
    i++;
  return i;
}

/* A vector becomes a square image, if it can. */
static void
take_image (NnShape *input)
{
  guint side = 1;

  while (side * side < input->channels && side < NN_MAX_SIDE)
    side++;
  if (nn_shape_is_flat (input))
    *input =
        side * side == input->channels ? (NnShape){ 1, side, side } : (NnShape){ 1, SIDE, SIDE };
}

static void
add_layer (NumeralLayersRow *self, NnLayerKindId kind)
{
  const guint i = place_for (self, kind);
  NnLayerSpec word = numeral_layer_line_initial (kind);

  if (self->words.n >= NN_MAX_LAYERS / 2)
    return;
  /* As wide, or with as many channels, as the one before it. */
  if (i > 0 && self->words.words[i - 1].kind == kind && word.units > 0)
    word.units = self->words.words[i - 1].units;
  if (reads_image (kind))
    take_image (&self->words.input);
  for (guint j = self->words.n; j > i; j--)
    self->words.words[j] = self->words.words[j - 1];
  self->words.words[i] = word;
  self->words.n++;
  update_lines (self);
  numeral_layer_line_grab_focus (g_ptr_array_index (self->layers, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_add (GtkWidget *row, const char *action, GVariant *kind)
{
  add_layer (NUMERAL_LAYERS_ROW (row), (NnLayerKindId) g_variant_get_uint32 (kind));
}

static gboolean
same_kinds (NumeralLayersRow *self)
{
  if (self->layers->len != n_editable (self))
    return FALSE;
  for (guint i = 0; i < self->layers->len; i++)
    {
      const NnLayerKindId old =
          numeral_layer_line_get_word (g_ptr_array_index (self->layers, i))->kind;
      const NnLayerKindId new = self->words.words[i].kind;

      /* One line shows all activations. */
      if (old != new &&
          !g_str_equal (numeral_layer_line_title (old), numeral_layer_line_title (new)))
        return FALSE;
      if (reads_image (old) && old != new)
        return FALSE;
    }
  return TRUE;
}

/* Makes new lines, unless there is one of the right kind for each layer: the popover of a line may
 * be open. */
static void
update_lines (NumeralLayersRow *self)
{
  if (!same_kinds (self))
    {
      GtkWidget *child;

      while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))))
        gtk_box_remove (self->lines, child);
      g_ptr_array_set_size (self->layers, 0);
      for (guint i = 0; i < n_editable (self); i++)
        {
          NumeralLayerLine *line = numeral_layer_line_new (i + 1, &self->words.words[i]);

          g_signal_connect (line, "changed", G_CALLBACK (on_changed), self);
          g_signal_connect (line, "moved", G_CALLBACK (on_moved), self);
          g_signal_connect (line, "removed", G_CALLBACK (on_removed), self);
          gtk_box_append (self->lines, GTK_WIDGET (line));
          g_ptr_array_add (self->layers, line);
        }
    }
  show (self);
}

static void
numeral_layers_row_finalize (GObject *object)
{
  NumeralLayersRow *self = NUMERAL_LAYERS_ROW (object);

  g_clear_pointer (&self->layers, g_ptr_array_unref);
  G_OBJECT_CLASS (numeral_layers_row_parent_class)->finalize (object);
}

static void
numeral_layers_row_class_init (NumeralLayersRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = numeral_layers_row_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "layers.add", "u", on_add);
  signals[CHANGED] = g_signal_new ("changed", NUMERAL_TYPE_LAYERS_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
numeral_layers_row_init (NumeralLayersRow *self)
{
  self->layers = g_ptr_array_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static GtkWidget *
new_add (void)
{
  static const NnLayerKindId kinds[] = { NN_LAYER_DENSE,     NN_LAYER_CONV2D,  NN_LAYER_MAXPOOL2D,
                                         NN_LAYER_AVGPOOL2D, NN_LAYER_DROPOUT, NN_LAYER_TANH };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *action = g_strdup_printf ("layers.add(uint32 %u)", kinds[i]);

      g_menu_append (menu, numeral_layer_line_title (kinds[i]), action);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Add _Layer"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* A line without controls: what a network reads, or what it gives. */
static GtkLabel *
add_end (GtkBox *box, const char *title)
{
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (title);
  GtkLabel *text = numeral_config_hint_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (end), label);
  gtk_box_append (GTK_BOX (end), GTK_WIDGET (text));
  gtk_box_append (box, end);
  return text;
}

static void
build (NumeralLayersRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (_ ("Layers"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (words, TRUE);
  self->hint = numeral_config_hint_new (_ ("From the input to the answer"));
  self->add = new_add ();
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), self->add);
  gtk_box_append (GTK_BOX (box), head);
  /* Translators: what a network reads: the samples */
  self->input = add_end (GTK_BOX (box), _ ("Input"));
  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->lines));
  /* Translators: what a network gives: a value for each class */
  self->output = add_end (GTK_BOX (box), _ ("Output"));
  gtk_widget_add_css_class (box, "settings-box");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Layers"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

NumeralLayersRow *
numeral_layers_row_new (void)
{
  NumeralLayersRow *self = g_object_new (NUMERAL_TYPE_LAYERS_ROW, NULL);

  build (self);
  return self;
}

void
numeral_layers_row_set_config (NumeralLayersRow *self, const NnTrainConfig *config, NnShape input)
{
  const NnShape any = { SIDE * SIDE, 1, 1 };

  g_return_if_fail (NUMERAL_IS_LAYERS_ROW (self));

  self->activation = config->activation;
  self->input_known = input.channels > 0 || config->network[0] != '\0';
  /* A text that is no network is not set: there is nothing to show of it. */
  if (nn_train_config_get_words (config, input.channels > 0 ? input : any, NUMERAL_N_DIGITS,
                                 &self->words, NULL))
    update_lines (self);
}

gboolean
numeral_layers_row_get_config (NumeralLayersRow *self, NnTrainConfig *config, GError **error)
{
  g_return_val_if_fail (NUMERAL_IS_LAYERS_ROW (self), FALSE);

  return nn_train_config_set_words (config, &self->words, error);
}

void
numeral_layers_row_set_problem (NumeralLayersRow *self, const char *problem)
{
  g_return_if_fail (NUMERAL_IS_LAYERS_ROW (self));

  /* A layer that cannot work says so itself. */
  gtk_label_set_text (self->hint,
                      problem && self->can_work ? problem : _ ("From the input to the answer"));
  if (problem && self->can_work)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}
