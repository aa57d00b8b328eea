/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-runs-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "numeral-config-row.h"
#include "numeral-format.h"
#include "numeral-run-curve.h"
#include "numeral-left-out.h"
#include "numeral-run-row.h"

/* The figures that are read from the disk. */
typedef enum
{
  VALIDATION_LOSS,
  TRAINING_LOSS,
  SECONDS,
  N_FIGURES
} Figure;

static const char *const figure_titles[N_FIGURES] = { N_ ("Validation Loss"), N_ ("Training Loss"),
                                                      N_ ("Time to Train") };

struct _NumeralRunsTable
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  GCancellable *reading;
  guint n_runs;
  int n_rows;
  int figure_rows[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (NumeralRunsTable, numeral_runs_table, GTK_TYPE_WIDGET)

static GtkLabel *
add_label (NumeralRunsTable *self, int column, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->grid, label, column, self->n_rows, 1, 1);
  return GTK_LABEL (label);
}

static void
add_title (NumeralRunsTable *self, const char *title)
{
  add_label (self, 0, title, "dim-label");
}

static void
add_section (NumeralRunsTable *self, const char *title)
{
  gtk_widget_set_margin_top (GTK_WIDGET (add_label (self, 0, title, "heading")), 12);
  self->n_rows++;
}

/* Adds a row with one text for each run. */
static void
add_row (NumeralRunsTable *self, const char *title, char **texts)
{
  add_title (self, title);
  for (guint i = 0; i < self->n_runs; i++)
    add_label (self, (int) i + 1, texts[i], "numeric");
  self->n_rows++;
}

/* The label of a figure becomes bold if no other run has a better one. */
static void
mark_best (NumeralRunsTable *self, int row, const double *values, double sign)
{
  double best = (double) NAN;

  for (guint i = 0; i < self->n_runs; i++)
    if (!isnan (values[i]) && !(sign * values[i] <= sign * best))
      best = values[i];
  for (guint i = 0; i < self->n_runs; i++)
    {
      GtkWidget *label = gtk_grid_get_child_at (self->grid, (int) i + 1, row);

      if (values[i] == best)
        gtk_widget_add_css_class (label, "heading");
    }
}

static char *
widths_text (const NumeralRunConfig *config)
{
  GString *text = g_string_new (NULL);

  for (guint l = 0; l < config->train.n_hidden; l++)
    g_string_append_printf (text, "%s%u", l > 0 ? "–" : "", config->train.hidden[l]);
  return g_string_free (text, FALSE);
}

/* How many samples the text lists, which may be very many. */
static char *
left_out_text (const char *text)
{
  guint n = 0;

  numeral_left_out_check (text, &n, NULL);
  return g_strdup_printf ("%u", n);
}

static char *
setting_text (const NumeralRunSetting *setting, const NumeralRunConfig *config)
{
  const NnSetting *row = setting->setting;
  g_autofree char *text = NULL;

  if (!numeral_config_matters (setting, config))
    return g_strdup ("–");
  switch (row->type)
    {
    case NN_SETTING_CHOICE:
      return g_strdup (nn_setting_choice_title (row, (guint) numeral_config_get (setting, config)));
    case NN_SETTING_SEED:
      return nn_setting_get_text (row, numeral_run_setting_object (setting, config));
    case NN_SETTING_WIDTHS:
      return widths_text (config);
    case NN_SETTING_TEXT:
      text = nn_setting_get_text (row, numeral_run_setting_object (setting, config));
      if (g_str_equal (row->name, "left_out"))
        return left_out_text (text);
      return text ? g_filename_display_basename (text) : g_strdup ("–");
    case NN_SETTING_COUNT:
    case NN_SETTING_REAL:
    default:
      return g_strdup_printf ("%.6g", numeral_config_get (setting, config));
    }
}

/* Adds a row for a setting if the runs differ in it; returns whether they do. */
static gboolean
add_setting (NumeralRunsTable *self, GPtrArray *runs, const NumeralRunSetting *setting)
{
  g_autofree char *label = nn_setting_format_label (setting->setting);
  g_auto (GStrv) texts = g_new0 (char *, runs->len + 1);
  gboolean differ = FALSE;

  for (guint i = 0; i < runs->len; i++)
    {
      texts[i] = setting_text (setting, numeral_run_get_config (runs->pdata[i]));
      differ |= !g_str_equal (texts[i], texts[0]);
    }
  if (differ)
    add_row (self, label, texts);
  return differ;
}

static void
add_settings (NumeralRunsTable *self, GPtrArray *runs)
{
  guint n;
  const NumeralRunSetting *settings = numeral_run_settings (&n);
  gboolean any = FALSE;

  add_section (self, _ ("Settings that differ"));
  for (guint i = 0; i < n; i++)
    /* A setting with parts is shown by its parts. */
    if (settings[i].setting->parts == NULL)
      any |= add_setting (self, runs, &settings[i]);
  if (!any)
    {
      add_title (self, _ ("None: all are the same"));
      self->n_rows++;
    }
}

static void
add_known_figures (NumeralRunsTable *self, GPtrArray *runs, NumeralTrainer *trainer)
{
  g_auto (GStrv) states = g_new0 (char *, runs->len + 1);
  g_auto (GStrv) percents = g_new0 (char *, runs->len + 1);
  g_autofree double *accuracies = g_new (double, runs->len);
  const char *icon;

  for (guint i = 0; i < runs->len; i++)
    {
      states[i] = numeral_run_row_describe (runs->pdata[i], trainer, &icon);
      accuracies[i] = numeral_run_get_best_accuracy (runs->pdata[i]);
      percents[i] = isnan (accuracies[i]) ? g_strdup ("–") : numeral_format_percent (accuracies[i]);
    }
  add_row (self, _ ("State"), states);
  add_row (self, _ ("Best Accuracy"), percents);
  mark_best (self, self->n_rows - 1, accuracies, 1);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *const *folders = data;
  const guint n = g_strv_length (data);
  double *figures = g_new (double, N_FIGURES *n);

  for (guint i = 0; i < n; i++)
    {
      /* A run without a curve shows its state instead. */
      g_autoptr (NumeralHistory) history = g_cancellable_is_cancelled (cancellable) ?
                                               NULL :
                                               numeral_curve_read_epochs (folders[i], NULL);
      const NumeralEpochPoint *epochs =
          history ? (const NumeralEpochPoint *) history->epochs->data : NULL;
      const int best = history ? history->best_epoch : -1;
      double seconds = 0;

      for (guint e = 0; history && e < history->epochs->len; e++)
        seconds += epochs[e].seconds;
      figures[VALIDATION_LOSS * n + i] = best >= 0 ? epochs[best].validation_loss : (double) NAN;
      figures[TRAINING_LOSS * n + i] = best >= 0 ? epochs[best].train_loss : (double) NAN;
      figures[SECONDS * n + i] = best >= 0 ? seconds : (double) NAN;
    }
  g_task_return_pointer (task, figures, g_free);
}

static char *
figure_text (Figure figure, double value)
{
  if (isnan (value))
    return g_strdup ("–");
  if (figure == SECONDS)
    /* Translators: how long a run took */
    return g_strdup_printf (_ ("%.1f s"), value);
  return g_strdup_printf ("%.4f", value);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralRunsTable) self = data;
  g_autofree double *figures = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!figures)
    return;
  for (Figure figure = 0; figure < N_FIGURES; figure++)
    {
      const double *values = figures + figure * self->n_runs;
      const int row = self->figure_rows[figure];

      for (guint i = 0; i < self->n_runs; i++)
        {
          g_autofree char *text = figure_text (figure, values[i]);

          gtk_label_set_text (GTK_LABEL (gtk_grid_get_child_at (self->grid, (int) i + 1, row)),
                              text);
        }
      mark_best (self, row, values, -1);
    }
}

static void
read_figures (NumeralRunsTable *self, GPtrArray *runs)
{
  g_autoptr (GTask) task = NULL;
  char **folders = g_new0 (char *, runs->len + 1);

  for (guint i = 0; i < runs->len; i++)
    {
      GFile *folder = numeral_run_get_folder (runs->pdata[i]);

      /* The folder of a new run may not exist yet. */
      folders[i] = folder ? g_file_get_path (folder) : g_strdup ("");
    }
  self->reading = g_cancellable_new ();
  /* The task does not hold the table, which must not be freed in a thread. */
  task = g_task_new (NULL, self->reading, on_read, g_object_ref (self));
  g_task_set_task_data (task, folders, (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, read_in_thread);
}

static void
clear (NumeralRunsTable *self)
{
  GtkWidget *child;

  if (self->reading)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  self->n_rows = 0;
}

static void
numeral_runs_table_dispose (GObject *object)
{
  NumeralRunsTable *self = NUMERAL_RUNS_TABLE (object);

  if (self->grid)
    {
      clear (self);
      gtk_widget_unparent (GTK_WIDGET (self->grid));
      self->grid = NULL;
    }
  G_OBJECT_CLASS (numeral_runs_table_parent_class)->dispose (object);
}

static void
numeral_runs_table_class_init (NumeralRunsTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = numeral_runs_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
numeral_runs_table_init (NumeralRunsTable *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_grid_set_column_spacing (self->grid, 24);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

void
numeral_runs_table_set_runs (NumeralRunsTable *self, GPtrArray *runs, NumeralTrainer *trainer)
{
  g_return_if_fail (NUMERAL_IS_RUNS_TABLE (self));

  clear (self);
  self->n_runs = runs->len;
  if (runs->len == 0)
    return;
  for (guint i = 0; i < runs->len; i++)
    add_label (self, (int) i + 1, numeral_run_get_name (runs->pdata[i]), "heading");
  self->n_rows++;
  add_known_figures (self, runs, trainer);
  for (Figure figure = 0; figure < N_FIGURES; figure++)
    {
      self->figure_rows[figure] = self->n_rows;
      add_title (self, _ (figure_titles[figure]));
      for (guint i = 0; i < runs->len; i++)
        add_label (self, (int) i + 1, "…", "numeric");
      self->n_rows++;
    }
  add_settings (self, runs);
  read_figures (self, runs);
}
