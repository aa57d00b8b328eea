/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-robustness-card.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-figure.h"
#include "picture-robustness.h"

struct _NumeralRobustnessCard
{
  AdwBin parent_instance;

  NumeralChange across, down;
  gboolean setting; /* whether the lists are set by the program */

  GtkDropDown *across_list;
  GtkDropDown *down_list;
  NumeralFigure *figure;
  GtkLabel *text;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (NumeralRobustnessCard, numeral_robustness_card, ADW_TYPE_BIN)

/* By NumeralChange, in the order of the lists. */
static const struct
{
  const char *title;  /* of an axis */
  const char *format; /* of a tick */
  double neutral;
} changes[NUMERAL_N_CHANGES] = {
  { N_ ("turned clockwise"), "%+.0f°", 0 },
  { N_ ("size"), "× %.2g", 1 },
  { N_ ("width of the pen"), "× %.2g", 1 },
  { N_ ("shifted to the right (pixels)"), "%+.0f", 0 },
  { N_ ("shifted down (pixels)"), "%+.0f", 0 },
};

/* What the figure shows. */
typedef struct
{
  NumeralRobustness *map;
  gboolean *holds;
  char *answers;
  float *probabilities;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  numeral_robustness_unref (shown->map);
  g_free (shown->holds);
  g_free (shown->answers);
  g_free (shown->probabilities);
  g_free (shown);
}

static gboolean
holds (const NumeralRobustness *map, guint i)
{
  return map->cells[i].digit == (int) map->answer && !map->cells[i].refused;
}

/* A digit, or "?" as the canvas shows it. */
static char
get_answer (const NumeralRobustCell *cell)
{
  return cell->refused || cell->digit < 0 ? '?' : (char) ('0' + cell->digit);
}

static Shown *
shown_new (NumeralRobustness *map)
{
  const guint n = map->n_rows * map->n_columns;
  Shown *shown = g_new (Shown, 1);

  *shown = (Shown){ numeral_robustness_ref (map), g_new (gboolean, n), g_new (char, n),
                    g_new (float, n) };
  for (guint i = 0; i < n; i++)
    {
      shown->holds[i] = holds (map, i);
      shown->answers[i] = get_answer (&map->cells[i]);
      shown->probabilities[i] = map->cells[i].probability;
    }
  return shown;
}

static PictureRobustnessAxis
get_axis (NumeralChange change, const double *values, guint n)
{
  return (PictureRobustnessAxis){ n, values, _ (changes[change].title), changes[change].format,
                                  changes[change].neutral };
}

static void
draw (cairo_t *cr, double width, double height, gconstpointer data, const PictureStyle *style)
{
  const Shown *shown = data;
  const NumeralRobustness *map = shown->map;
  const PictureRobustness picture = { get_axis (map->across, map->columns, map->n_columns),
                                      get_axis (map->down, map->rows, map->n_rows), shown->holds,
                                      shown->answers, shown->probabilities };

  picture_robustness (cr, width, height, &picture, style);
}

static guint
nearest (const double *values, guint n, double value)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (fabs (values[i] - value) < fabs (values[best] - value))
      best = i;
  return best;
}

/* (transfer full): "−28° to +17°": how far one change alone can go. */
static char *
format_range (const NumeralRobustness *map,
              NumeralChange change,
              const double *values,
              guint n,
              gboolean down)
{
  const guint column = nearest (map->columns, map->n_columns, changes[map->across].neutral);
  const guint row = nearest (map->rows, map->n_rows, changes[map->down].neutral);
  const guint start = down ? column : row * map->n_columns, step = down ? map->n_columns : 1;
  const guint middle = down ? row : column;
  guint low = middle, high = middle;
  char from[32], to[32];

  while (low > 0 && holds (map, start + (low - 1) * step))
    low--;
  while (high + 1 < n && holds (map, start + (high + 1) * step))
    high++;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_snprintf (from, sizeof from, changes[change].format, values[low]);
  g_snprintf (to, sizeof to, changes[change].format, values[high]);
#pragma GCC diagnostic pop
  /* Translators: how something can be changed, and from which value to which */
  return g_strdup_printf (_ ("%s: %s to %s"), _ (changes[change].title), from, to);
}

/* (transfer full): which answers there are beyond the border, the most frequent first. */
static char *
format_beyond (const NumeralRobustness *map)
{
  guint counts[NUMERAL_N_DIGITS + 1] = { 0 };
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    {
      const char answer = get_answer (&map->cells[i]);

      if (!holds (map, i))
        counts[answer == '?' ? NUMERAL_N_DIGITS : (guint) (answer - '0')]++;
    }
  for (;;)
    {
      guint most = 0;

      for (guint a = 1; a < G_N_ELEMENTS (counts); a++)
        if (counts[a] > counts[most])
          most = a;
      if (counts[most] == 0)
        break;
      counts[most] = 0;
      if (list->len > 0)
        g_string_append (list, _ (", "));
      if (most < NUMERAL_N_DIGITS)
        g_string_append_printf (list, "%u", most);
      else
        /* Translators: an answer in a list: the drawing is not a digit */
        g_string_append (list, C_ ("answers", "“?”"));
    }
  if (list->len == 0)
    /* Translators: the border around the changes that leave an answer as it is */
    return g_strdup (_ ("no border within this map"));
  /* Translators: the answers that are given there, such as "9, 4, “?”" */
  return g_strdup_printf (_ ("beyond the border: %s"), list->str);
}

static void
show_map (NumeralRobustnessCard *self, NumeralRobustness *map)
{
  const Shown *last = numeral_figure_get_data (self->figure);
  g_autofree char *across = NULL;
  g_autofree char *down = NULL;
  g_autofree char *beyond = NULL;
  g_autofree char *text = NULL;

  if (last && last->map == map)
    return;
  across = format_range (map, map->across, map->columns, map->n_columns, FALSE);
  down = format_range (map, map->down, map->rows, map->n_rows, TRUE);
  beyond = format_beyond (map);
  /* Translators: a digit, two lines with how far it can be changed, and one with the answers when
     it is changed further */
  text = g_strdup_printf (_ ("Still a %u if changed alone\n%s\n%s\n%s"), map->answer, across, down,
                          beyond);
  numeral_figure_set (self->figure, draw, shown_new (map), shown_free);
  numeral_figure_describe (self->figure, text);
  gtk_label_set_text (self->text, text);
}

void
numeral_robustness_card_set_insight (NumeralRobustnessCard *self, const NumeralInsight *insight)
{
  g_return_if_fail (NUMERAL_IS_ROBUSTNESS_CARD (self));

  if (insight && insight->robustness)
    show_map (self, insight->robustness);
  else if (!insight || !insight->question->unfinished)
    {
      const gboolean impossible = insight && insight->complete && !insight->drawing;

      if (numeral_figure_get_data (self->figure))
        numeral_figure_set (self->figure, NULL, NULL, NULL);
      gtk_label_set_text (self->text,
                          impossible ? _ ("Only strokes can be drawn with another pen.") : "");
    }
}

void
numeral_robustness_card_get_changes (NumeralRobustnessCard *self,
                                     NumeralChange *across,
                                     NumeralChange *down)
{
  g_return_if_fail (NUMERAL_IS_ROBUSTNESS_CARD (self));

  *across = self->across;
  *down = self->down;
}

/* The other list gives way if both would be the same. */
static void
choose (NumeralRobustnessCard *self, GtkDropDown *list)
{
  const NumeralChange across = gtk_drop_down_get_selected (self->across_list);
  const NumeralChange down = gtk_drop_down_get_selected (self->down_list);

  if (self->setting || across >= NUMERAL_N_CHANGES || down >= NUMERAL_N_CHANGES)
    return;
  self->setting = TRUE;
  if (across == down && list == self->across_list)
    gtk_drop_down_set_selected (self->down_list, self->across);
  else if (across == down)
    gtk_drop_down_set_selected (self->across_list, self->down);
  self->setting = FALSE;
  self->across = gtk_drop_down_get_selected (self->across_list);
  self->down = gtk_drop_down_get_selected (self->down_list);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_across (NumeralRobustnessCard *self)
{
  choose (self, self->across_list);
}

static void
on_down (NumeralRobustnessCard *self)
{
  choose (self, self->down_list);
}

static void
numeral_robustness_card_class_init (NumeralRobustnessCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  changed_signal = g_signal_new ("changed", NUMERAL_TYPE_ROBUSTNESS_CARD, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (NUMERAL_TYPE_FIGURE);
  gtk_widget_class_set_template_from_resource (widget_class, NUMERAL_RESOURCES
                                               "/ui/explain/numeral-robustness-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NumeralRobustnessCard, across_list);
  gtk_widget_class_bind_template_child (widget_class, NumeralRobustnessCard, down_list);
  gtk_widget_class_bind_template_child (widget_class, NumeralRobustnessCard, figure);
  gtk_widget_class_bind_template_child (widget_class, NumeralRobustnessCard, text);
  gtk_widget_class_bind_template_callback (widget_class, on_across);
  gtk_widget_class_bind_template_callback (widget_class, on_down);
}

static void
numeral_robustness_card_init (NumeralRobustnessCard *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->across = numeral_robustness_config_default.across;
  self->down = numeral_robustness_config_default.down;
  gtk_drop_down_set_selected (self->across_list, self->across);
  gtk_drop_down_set_selected (self->down_list, self->down);
  self->setting = FALSE;
}
