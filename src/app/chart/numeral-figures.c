/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "numeral-chart-private.h"
#include "numeral-figures.h"

#define EVEN_ROWS 40
#define MAX_MARKED_ROWS 400

struct _NumeralFigures
{
  AdwWindow parent_instance;

  GtkStringList *rows;
};

G_DEFINE_FINAL_TYPE (NumeralFigures, numeral_figures, ADW_TYPE_WINDOW)

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* The x values of the rows: evenly over the visible range, and at each marked sample. */
static GArray *
choose_places (NumeralChart *chart)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (double));
  PictureAxis x, y;

  numeral_chart_get_view (chart, &x, &y);
  for (guint i = 0; i <= EVEN_ROWS; i++)
    {
      const double place = picture_axis_value (&x, (double) i / EVEN_ROWS);

      g_array_append_val (places, place);
    }
  for (guint c = 0; c < chart->curves->len; c++)
    {
      const NumeralChartCurve *curve = &g_array_index (chart->curves, NumeralChartCurve, c);
      gsize end = picture_series_length (curve->series);

      if (!(curve->flags & NUMERAL_CHART_MARKED))
        continue;
      for (gsize i = picture_series_find (curve->series, x.min);
           i < end && places->len < EVEN_ROWS + MAX_MARKED_ROWS; i++)
        {
          const double place = picture_series_x (curve->series, i);

          if (place <= x.max)
            g_array_append_val (places, place);
        }
    }
  g_array_sort (places, compare);
  return places;
}

static char *
make_row (NumeralChartScene *scene, double x)
{
  const PictureChart *chart = &scene->chart;
  g_autofree PictureFigure *figures = g_new0 (PictureFigure, MAX (chart->n_curves, 1));
  const guint n = picture_chart_figures (chart, x, figures);
  g_autofree char *place = picture_format_decimals (x, 3);
  GString *row = g_string_new (place);
  gboolean any = FALSE;

  for (guint c = 0; c < chart->n_curves; c++)
    {
      g_string_append_c (row, '\t');
      for (guint i = 0; i < n; i++)
        if (figures[i].curve == c && isfinite (figures[i].value))
          {
            g_autofree char *value = picture_format_value (chart->y_format, figures[i].value);

            g_string_append (row, value);
            any = TRUE;
          }
    }
  return g_string_free (row, !any);
}

static void
fill (NumeralFigures *self, NumeralChart *chart)
{
  g_auto (NumeralChartScene) scene = { 0 };
  g_autoptr (GArray) places = choose_places (chart);

  numeral_chart_scene_init (chart, &scene, &picture_style_light);
  for (guint i = 0; i < places->len; i++)
    {
      const double x = g_array_index (places, double, i);
      g_autofree char *row = NULL;

      if (i > 0 && x == g_array_index (places, double, i - 1))
        continue;
      row = make_row (&scene, x);
      if (row)
        gtk_string_list_append (self->rows, row);
    }
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkStringObject *row = gtk_list_item_get_item (item);
  g_auto (GStrv) cells = g_strsplit (gtk_string_object_get_string (row), "\t", -1);
  const guint i = GPOINTER_TO_UINT (column);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      i < g_strv_length (cells) ? cells[i] : "");
}

static void
add_column (GtkColumnView *view, const char *title, guint i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (view, column);
}

static GtkWidget *
make_table (NumeralFigures *self, NumeralChart *chart)
{
  GtkSelectionModel *selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  GtkWidget *view = gtk_column_view_new (selection);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures of the chart"), -1);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  add_column (GTK_COLUMN_VIEW (view), chart->x_name ? chart->x_name : "x", 0);
  for (guint c = 0; c < chart->curves->len; c++)
    add_column (GTK_COLUMN_VIEW (view), g_array_index (chart->curves, NumeralChartCurve, c).name,
                c + 1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Figures Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("They come as soon as something is trained"));
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static void
numeral_figures_dispose (GObject *object)
{
  g_clear_object (&NUMERAL_FIGURES (object)->rows);
  G_OBJECT_CLASS (numeral_figures_parent_class)->dispose (object);
}

static void
numeral_figures_class_init (NumeralFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = numeral_figures_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
numeral_figures_init (NumeralFigures *self)
{
  self->rows = gtk_string_list_new (NULL);
}

NumeralFigures *
numeral_figures_new (GtkWindow *parent, NumeralChart *chart)
{
  NumeralFigures *self =
      g_object_new (NUMERAL_TYPE_FIGURES, "transient-for", parent, "modal", parent != NULL,
                    "destroy-with-parent", TRUE, "default-width", 520, "default-height", 480,
                    "title", chart->title ? chart->title : _ ("Figures"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fill (self, chart);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0 ?
                                     make_table (self, chart) :
                                     make_empty ());
  adw_window_set_content (ADW_WINDOW (self), box);
  return self;
}

GListModel *
numeral_figures_get_rows (NumeralFigures *self)
{
  g_return_val_if_fail (NUMERAL_IS_FIGURES (self), NULL);

  return G_LIST_MODEL (self->rows);
}
