/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-method-list.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-explain-figures.h"

/* Sides of the pictures, in pixels: a multiple of 28. */
#define ROW_SIDE 56
#define TILE_SIDE 56

/* The least width of the list with words, in pixels; below it there are tiles. */
#define ROWS_WIDTH 320

/* One way to show a method. */
typedef struct
{
  GtkCheckButton *button;
  NumeralFigure *figure;
  GtkLabel *faithfulness;
  GtkLevelBar *level; /* (nullable): none in a tile */
  GtkLabel *title;
  GtkLabel *subtitle; /* (nullable) */
} Entry;

struct _NumeralMethodList
{
  AdwBin parent_instance;

  guint chosen;
  gboolean picture; /* whether Shapley values have given way to expected gradients */
  Entry rows[NUMERAL_N_LISTED_METHODS];
  Entry tiles[NUMERAL_N_LISTED_METHODS];
};

enum
{
  PROP_CHOSEN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralMethodList, numeral_method_list, ADW_TYPE_BIN)

/* The second method of a picture, which has no pieces, stands last. */
static const struct
{
  NumeralExplanationMethod method;
  const char *title, *name, *purpose;
} methods[NUMERAL_N_LISTED_METHODS + 1] = {
  { NUMERAL_EXPLANATION_INTEGRATED_GRADIENTS, N_ ("Integrated Gradients"), N_ ("Gradients"),
    N_ ("Each bit of ink, from the baseline on") },
  /* Translators: Shapley values */
  { NUMERAL_EXPLANATION_SHAPLEY, N_ ("SHAP, by Pieces of Stroke"), N_ ("SHAP"),
    N_ ("The fair share of each piece") },
  { NUMERAL_EXPLANATION_LIME, N_ ("LIME"), N_ ("LIME"),
    N_ ("A linear model close to this drawing") },
  { NUMERAL_EXPLANATION_OCCLUSION, N_ ("Occlusion"), N_ ("Occlusion"),
    N_ ("Covers spot after spot and reads again") },
  { NUMERAL_EXPLANATION_EXPECTED_GRADIENTS, N_ ("SHAP, by Expected Gradients"), N_ ("SHAP"),
    N_ ("Each pixel, compared with many digits") },
};

static void
set_chosen (NumeralMethodList *self, guint chosen)
{
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  gtk_check_button_set_active (self->rows[chosen].button, TRUE);
  gtk_check_button_set_active (self->tiles[chosen].button, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

static void
on_toggled (NumeralMethodList *self, GtkCheckButton *button)
{
  const gboolean active = gtk_check_button_get_active (button);

  if (active)
    gtk_widget_add_css_class (GTK_WIDGET (button), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (button), "chosen");
  for (guint i = 0; active && i < NUMERAL_N_LISTED_METHODS; i++)
    if (self->rows[i].button == button || self->tiles[i].button == button)
      set_chosen (self, i);
}

static GtkLabel *
add_label (GtkBox *box, const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static NumeralFigure *
add_figure (GtkBox *box, int side)
{
  GtkWidget *figure = numeral_figure_new ();

  gtk_widget_set_size_request (figure, side, side);
  gtk_widget_set_valign (figure, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (figure, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (figure, "method-figure");
  gtk_box_append (box, figure);
  return NUMERAL_FIGURE (figure);
}

static void
build_row (Entry *entry, guint i, GtkBox *content)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *level = gtk_level_bar_new ();

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  entry->title = add_label (GTK_BOX (words), _ (methods[i].title), "heading", 0);
  entry->subtitle = add_label (GTK_BOX (words), _ (methods[i].purpose), "caption", 0);
  gtk_widget_add_css_class (GTK_WIDGET (entry->subtitle), "dim-label");
  /* Its colours would judge. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (level), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_set_size_request (level, 44, -1);
  gtk_widget_set_valign (level, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (figures), level);
  entry->level = GTK_LEVEL_BAR (level);
  entry->faithfulness = add_label (GTK_BOX (figures), "", "caption", 0);
  gtk_widget_add_css_class (GTK_WIDGET (entry->faithfulness), "numeric");
  gtk_box_append (GTK_BOX (words), figures);
  gtk_box_append (content, words);
  entry->figure = add_figure (content, ROW_SIDE);
}

static void
build_tile (Entry *entry, guint i, GtkBox *content)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (content), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (content, 2);
  entry->figure = add_figure (content, TILE_SIDE);
  entry->title = add_label (content, _ (methods[i].name), "caption-heading", 0.5f);
  entry->faithfulness = add_label (content, "", "caption", 0.5f);
  gtk_widget_add_css_class (GTK_WIDGET (entry->faithfulness), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (entry->faithfulness), "dim-label");
}

static void
build_entry (NumeralMethodList *self, Entry *entry, guint i, gboolean tile, GtkBox *parent)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *button = gtk_check_button_new ();

  entry->button = GTK_CHECK_BUTTON (button);
  if (tile)
    build_tile (entry, i, GTK_BOX (content));
  else
    build_row (entry, i, GTK_BOX (content));
  gtk_widget_set_hexpand (content, TRUE);
  gtk_widget_add_css_class (button, tile ? "method-tile" : "method-row");
  gtk_check_button_set_child (entry->button, content);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (parent, button);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
}

static GtkWidget *
build_list (NumeralMethodList *self, Entry *entries, gboolean tiles)
{
  GtkWidget *box = gtk_box_new (tiles ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  if (!tiles)
    gtk_widget_set_size_request (box, ROWS_WIDTH, -1);
  for (guint i = 0; i < NUMERAL_N_LISTED_METHODS; i++)
    {
      build_entry (self, &entries[i], i, tiles, GTK_BOX (box));
      if (i > 0)
        gtk_check_button_set_group (entries[i].button, entries[0].button);
    }
  gtk_check_button_set_active (entries[0].button, TRUE);
  return box;
}

static void
numeral_method_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_uint (value, NUMERAL_METHOD_LIST (object)->chosen);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_method_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    set_chosen (NUMERAL_METHOD_LIST (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_method_list_class_init (NumeralMethodListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = numeral_method_list_get_property;
  object_class->set_property = numeral_method_list_set_property;

  properties[PROP_CHOSEN] =
      g_param_spec_uint ("chosen", NULL, NULL, 0, NUMERAL_N_LISTED_METHODS - 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
numeral_method_list_init (NumeralMethodList *self)
{
  GtkWidget *squeezer = adw_squeezer_new ();

  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), build_list (self, self->rows, FALSE));
  adw_squeezer_add (ADW_SQUEEZER (squeezer), build_list (self, self->tiles, TRUE));
  adw_bin_set_child (ADW_BIN (self), squeezer);
}

NumeralExplanation *
numeral_method_list_find (const NumeralInsight *insight, guint place)
{
  NumeralExplanationMethod method = methods[place].method;

  if (method == NUMERAL_EXPLANATION_SHAPLEY && !insight->drawing)
    method = NUMERAL_EXPLANATION_EXPECTED_GRADIENTS;
  return insight->explanations[method];
}

/* A label costs a layout of the window, so that it is set only if its text is another one. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
update_entry (Entry *entry, NumeralExplanation *explanation, const char *title)
{
  const gboolean measured = explanation && explanation->measured;
  const double value = measured ? explanation->faithfulness.figure : 0;
  g_autofree char *figure =
      measured ? g_strdup_printf ("%s%.2f", value < 0 ? "−" : "", fabs (value)) : g_strdup ("…");
  /* Translators: how well an explanation fits, as a number from -1 to 1 */
  g_autofree char *faithfulness = g_strdup_printf (_ ("faithfulness %s"), figure);
  g_autofree char *text = g_strdup_printf ("%s, %s", title, faithfulness);

  numeral_explain_figure_cells (entry->figure, explanation);
  set_text (entry->faithfulness, entry->level ? faithfulness : figure);
  if (entry->level)
    gtk_level_bar_set_value (entry->level, CLAMP (value, 0, 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

/* The second method of ink, and that of a picture. */
static void
set_picture (NumeralMethodList *self, gboolean picture)
{
  const guint at = picture ? NUMERAL_N_LISTED_METHODS : 1;

  if (self->picture == picture)
    return;
  self->picture = picture;
  gtk_label_set_text (self->rows[1].title, _ (methods[at].title));
  gtk_label_set_text (self->rows[1].subtitle, _ (methods[at].purpose));
}

void
numeral_method_list_set_insight (NumeralMethodList *self, const NumeralInsight *insight)
{
  g_return_if_fail (NUMERAL_IS_METHOD_LIST (self));

  set_picture (self, insight && !insight->drawing);
  for (guint i = 0; i < NUMERAL_N_LISTED_METHODS; i++)
    {
      NumeralExplanation *explanation = insight ? numeral_method_list_find (insight, i) : NULL;
      const char *title = gtk_label_get_text (self->rows[i].title);

      update_entry (&self->rows[i], explanation, title);
      update_entry (&self->tiles[i], explanation, title);
    }
}

guint
numeral_method_list_get_chosen (NumeralMethodList *self)
{
  g_return_val_if_fail (NUMERAL_IS_METHOD_LIST (self), 0);

  return self->chosen;
}
