/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-sample-grid.h"

#include <glib/gi18n.h>

#include "numeral-sample-reader.h"
#include "numeral-style.h"
#include "picture-grid.h"

#define COLUMNS 5
#define CELL_MIN 32
#define CELL_NATURAL 44
#define CELL_MAX 52
/* Height of a cell in widths: a square sample with the answer below it. */
#define CELL_HEIGHT 1.5

struct _NumeralSampleGrid
{
  GtkWidget parent_instance;

  NnDataset *dataset; /* compared by address only */
  NumeralSampleReader *reader;
  guint n;
  int labels[NUMERAL_SAMPLE_READER_N];
  guint8 pixels[NUMERAL_SAMPLE_READER_N * INK_TENSOR_SIZE];
};

enum
{
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NumeralSampleGrid, numeral_sample_grid, GTK_TYPE_WIDGET)

guint
numeral_sample_grid_count (NumeralSampleGrid *self, guint *right)
{
  guint n = 0;

  g_return_val_if_fail (NUMERAL_IS_SAMPLE_GRID (self), 0);

  *right = 0;
  for (guint i = 0; i < self->n; i++)
    {
      const int answer = numeral_sample_reader_get_answer (self->reader, i);

      n += answer >= 0 ? 1 : 0;
      *right += answer == self->labels[i] ? 1 : 0;
    }
  return n;
}

static void
describe (NumeralSampleGrid *self)
{
  guint right;
  const guint n = numeral_sample_grid_count (self, &right);
  GString *text = g_string_new (NULL);

  if (n > 0)
    g_string_printf (text, _ ("%u of %u right"), right, n);
  for (guint i = 0; i < self->n && n > 0; i++)
    {
      const int answer = numeral_sample_reader_get_answer (self->reader, i);

      if (answer >= 0 && answer != self->labels[i])
        /* Translators: the label of a sample, and what the network says that it is */
        g_string_append_printf (text, _ ("; a %d read as %d"), self->labels[i], answer);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Samples and what the network says of them"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
  g_string_free (text, TRUE);
}

static void
on_read (NumeralSampleGrid *self)
{
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[READ], 0);
}

static void
numeral_sample_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NumeralSampleGrid *self = NUMERAL_SAMPLE_GRID (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = (float) gtk_widget_get_height (widget);
  int answers[NUMERAL_SAMPLE_READER_N];
  PictureStyle style;
  cairo_t *cr;

  if (self->n == 0 || width < 1 || height < 1)
    return;
  for (guint i = 0; i < self->n; i++)
    answers[i] = numeral_sample_reader_get_answer (self->reader, i);
  numeral_style_from_widget (&style, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  picture_grid_draw (cr, (double) width, (double) height,
                     &(PictureGrid){ .columns = COLUMNS,
                                     .rows = COLUMNS,
                                     .n = self->n,
                                     .pixels = self->pixels,
                                     .labels = self->labels,
                                     .answers = answers,
                                     .selected = -1 },
                     &style);
  cairo_destroy (cr);
}

static void
numeral_sample_grid_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = COLUMNS * CELL_MIN;
      *natural = COLUMNS * CELL_NATURAL;
    }
  else
    {
      const int cell = for_size < 0 ? CELL_NATURAL : CLAMP (for_size / COLUMNS, 1, CELL_MAX);

      *minimum = *natural = (int) (COLUMNS * CELL_HEIGHT * cell);
    }
}

static GtkSizeRequestMode
numeral_sample_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
clear (NumeralSampleGrid *self)
{
  self->n = 0;
  g_clear_pointer (&self->dataset, nn_dataset_unref);
}

static void
numeral_sample_grid_dispose (GObject *object)
{
  NumeralSampleGrid *self = NUMERAL_SAMPLE_GRID (object);

  clear (self);
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (numeral_sample_grid_parent_class)->dispose (object);
}

static void
numeral_sample_grid_class_init (NumeralSampleGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_sample_grid_dispose;
  signals[READ] = g_signal_new ("read", NUMERAL_TYPE_SAMPLE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  widget_class->snapshot = numeral_sample_grid_snapshot;
  widget_class->measure = numeral_sample_grid_measure;
  widget_class->get_request_mode = numeral_sample_grid_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "samplegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_sample_grid_init (NumeralSampleGrid *self)
{
  self->reader = numeral_sample_reader_new ();
  g_signal_connect_object (self->reader, "read", G_CALLBACK (on_read), self, G_CONNECT_SWAPPED);
  describe (self);
}

gboolean
numeral_sample_grid_set_data (NumeralSampleGrid *self, NnDataset *dataset)
{
  g_autofree float *tensors = NULL;

  g_return_val_if_fail (NUMERAL_IS_SAMPLE_GRID (self), FALSE);

  if (self->dataset == dataset)
    return FALSE;
  tensors = g_new0 (float, NUMERAL_SAMPLE_READER_N *INK_TENSOR_SIZE);
  clear (self);
  if (dataset && dataset->n_features == INK_TENSOR_SIZE)
    {
      self->dataset = nn_dataset_ref (dataset);
      self->n = (guint) MIN (dataset->n, NUMERAL_SAMPLE_READER_N);
    }
  for (guint i = 0; i < self->n; i++)
    {
      float *tensor = tensors + i * INK_TENSOR_SIZE;

      nn_dataset_get (dataset, i, tensor);
      self->labels[i] = dataset->labels[i];
      for (guint p = 0; p < INK_TENSOR_SIZE; p++)
        self->pixels[i * INK_TENSOR_SIZE + p] =
            (guint8) (255 * CLAMP (tensor[p], 0.0f, 1.0f) + 0.5f);
    }
  numeral_sample_reader_set_samples (self->reader, tensors, self->n);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

void
numeral_sample_grid_set_network (NumeralSampleGrid *self, NnNetwork *network)
{
  g_return_if_fail (NUMERAL_IS_SAMPLE_GRID (self));

  numeral_sample_reader_set_network (self->reader, network);
}
