/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-neighbours-card.h"

#include <glib/gi18n.h>

#include "numeral-explain-figures.h"

/* Side of a sample, in pixels: a multiple of 28. */
#define SIDE 56

struct _NumeralNeighboursCard
{
  AdwBin parent_instance;

  GArray *found;  /* (nullable) (element-type NnNeighbour): what is shown */
  gboolean stale; /* whether an earlier network saw them so */

  GtkLabel *about;
  GtkFlowBox *tiles;
  GtkProgressBar *progress;
  GtkWidget *message_box;
  GtkLabel *message;
  GtkWidget *download;
  NumeralFigure *figures[NUMERAL_NEIGHBOURS_WANTED];
  GtkLabel *texts[NUMERAL_NEIGHBOURS_WANTED];
  GtkWidget *children[NUMERAL_NEIGHBOURS_WANTED];
};

G_DEFINE_FINAL_TYPE (NumeralNeighboursCard, numeral_neighbours_card, ADW_TYPE_BIN)

static void
numeral_neighbours_card_finalize (GObject *object)
{
  g_clear_pointer (&NUMERAL_NEIGHBOURS_CARD (object)->found, g_array_unref);
  G_OBJECT_CLASS (numeral_neighbours_card_parent_class)->finalize (object);
}

static void
numeral_neighbours_card_class_init (NumeralNeighboursCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = numeral_neighbours_card_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-neighbours-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralNeighboursCard, about);
  gtk_widget_class_bind_template_child (widget_class, NumeralNeighboursCard, tiles);
  gtk_widget_class_bind_template_child (widget_class, NumeralNeighboursCard, progress);
  gtk_widget_class_bind_template_child (widget_class, NumeralNeighboursCard, message_box);
  gtk_widget_class_bind_template_child (widget_class, NumeralNeighboursCard, message);
  gtk_widget_class_bind_template_child (widget_class, NumeralNeighboursCard, download);
}

static void
add_tile (NumeralNeighboursCard *self, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *figure = numeral_figure_new (), *text = gtk_label_new (NULL);

  gtk_widget_set_size_request (figure, SIDE, SIDE);
  gtk_widget_add_css_class (text, "caption");
  gtk_widget_add_css_class (text, "numeric");
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), text);
  gtk_flow_box_append (self->tiles, box);
  self->figures[i] = NUMERAL_FIGURE (figure);
  self->texts[i] = GTK_LABEL (text);
  self->children[i] = gtk_widget_get_parent (box);
}

static void
numeral_neighbours_card_init (NumeralNeighboursCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < NUMERAL_NEIGHBOURS_WANTED; i++)
    add_tile (self, i);
}

static void
show_tile (NumeralNeighboursCard *self, guint i, const NnDataset *dataset, const NnNeighbour *found)
{
  const guint label = dataset->labels[found->index];
  float tensor[INK_TENSOR_SIZE];
  /* Translators: the label of a sample, and how alike it is, from 0 to 1 */
  g_autofree char *text =
      g_strdup_printf (C_ ("neighbour", "%u   %.3f"), label, (double) found->similarity);
  g_autofree char *spoken =
      g_strdup_printf (_ ("A %u, similarity %.3f"), label, (double) found->similarity);

  nn_dataset_get (dataset, found->index, tensor);
  numeral_explain_figure_tensor (self->figures[i], tensor);
  numeral_figure_describe (self->figures[i], spoken);
  gtk_label_set_text (self->texts[i], text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->children[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
show_about (NumeralNeighboursCard *self, const NumeralInsight *insight)
{
  const NnDataset *dataset = insight->question->neighbours->dataset;
  const guint answer = insight->explanations[0]->answer;
  g_autofree char *about = NULL;
  guint n_same = 0;

  for (guint i = 0; i < self->found->len; i++)
    n_same += dataset->labels[g_array_index (self->found, NnNeighbour, i).index] == answer;
  about = g_strdup_printf (self->stale ? _ ("%u of %u that were most alike a moment ago are a %u, "
                                            "of %'zu samples") :
                                         _ ("%u of %u that are most alike are a %u, of %'zu "
                                            "samples"),
                           n_same, self->found->len, answer, dataset->n);
  if (!g_str_equal (gtk_label_get_text (self->about), about))
    gtk_label_set_text (self->about, about);
}

void
numeral_neighbours_card_set_insight (NumeralNeighboursCard *self, const NumeralInsight *insight)
{
  GArray *found = insight ? insight->neighbours : NULL;

  g_return_if_fail (NUMERAL_IS_NEIGHBOURS_CARD (self));

  /* The last neighbours stay until newer ones are found. */
  if (insight && (insight->question->unfinished || (!found && !insight->complete)))
    return;
  if (found)
    self->stale = !numeral_neighbours_are_of (insight->question->neighbours,
                                              insight->question->model->network);
  if (found != self->found)
    {
      g_clear_pointer (&self->found, g_array_unref);
      self->found = found ? g_array_ref (found) : NULL;
      gtk_widget_set_visible (GTK_WIDGET (self->tiles), found != NULL);
      for (guint i = 0; found && i < NUMERAL_NEIGHBOURS_WANTED; i++)
        {
          gtk_widget_set_visible (self->children[i], i < found->len);
          if (i < found->len)
            show_tile (self, i, insight->question->neighbours->dataset,
                       &g_array_index (found, NnNeighbour, i));
        }
    }
  if (found)
    show_about (self, insight);
  else
    gtk_label_set_text (self->about, "");
}

void
numeral_neighbours_card_set_progress (NumeralNeighboursCard *self, double share)
{
  g_return_if_fail (NUMERAL_IS_NEIGHBOURS_CARD (self));

  gtk_widget_set_visible (GTK_WIDGET (self->progress), share >= 0);
  if (share >= 0)
    {
      gtk_progress_bar_set_fraction (self->progress, share);
      gtk_widget_set_visible (self->message_box, FALSE);
    }
}

void
numeral_neighbours_card_set_message (NumeralNeighboursCard *self,
                                     const char *text,
                                     gboolean missing)
{
  g_return_if_fail (NUMERAL_IS_NEIGHBOURS_CARD (self));

  gtk_label_set_text (self->message, text ? text : "");
  gtk_widget_set_visible (self->message_box, text != NULL);
  gtk_widget_set_visible (self->download, missing);
}
