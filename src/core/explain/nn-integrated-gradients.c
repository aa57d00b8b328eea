/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-integrated-gradients.h"

#include <math.h>
#include <string.h>

#include "nn-blas.h"

const NnPathConfig nn_path_config_default = {
  .tolerance = 0.01,
  .n_intervals = 32,
  .max_nodes = 1025,
};

/* Intervals that are halved in one round. */
#define MAX_HALVED 16

/* The attributions are floats: their sum differs from the sum of the intervals by rounding. */
#define MARGIN 0.99

/* Between two nodes. */
typedef struct
{
  guint left, right;
  double share; /* of the left node in the weight of the interval, so that the error is least */
  double error; /* trapezoidal rule less the difference of F */
  double least; /* the same with @share in the place of a half */
} Interval;

typedef struct
{
  const NnExplainInput *input;
  const NnPathConfig *config;
  guint n_inputs;
  /* Where the first layer is dense, the path is one through its outputs. */
  const NnWeights *head; /* NULL for a path through the inputs */
  NnProbe *probe;        /* of what is behind the head */
  guint size;            /* values of a point of the path */
  float *from, *step;    /* [size] the path goes from @from to @from + @step; one block */
  GArray *nodes;         /* NnPathNode */
  GArray *values;        /* double: F at each node */
  GArray *slopes;        /* double: dF / dposition at each node */
  GArray *gradients;     /* float: [nodes, size] */
  GArray *intervals;     /* Interval */
  double blend;          /* 0 for the trapezoidal rule, 1 for the shares of the intervals */
} Path;

/* Sets where the path begins and where it goes: both products in one, because reading the weights
 * is what takes the time. */
static void
set_ends (Path *path)
{
  const float *x = path->input->x, *baseline = path->input->baseline;
  g_autofree float *ends = g_new (float, 2 * (gsize) path->n_inputs);

  memcpy (ends, baseline, path->n_inputs * sizeof (float));
  for (guint j = 0; j < path->n_inputs; j++)
    ends[path->n_inputs + j] = x[j] - baseline[j];
  path->step = path->from + path->size;
  if (path->head == NULL)
    memcpy (path->from, ends, 2 * (gsize) path->size * sizeof (float));
  else
    nn_sgemm (FALSE, TRUE, 2, path->size, path->n_inputs, 1, ends, path->n_inputs,
              path->head->weight, path->n_inputs, 0, path->from, path->size);
  for (guint j = 0; path->head != NULL && j < path->size; j++)
    path->from[j] += path->head->bias[j];
}

static void
path_init (Path *path, NnProbe *probe)
{
  path->n_inputs = nn_probe_n_inputs (probe);
  path->probe = nn_probe_tail (probe, &path->head);
  if (path->probe == NULL)
    path->probe = probe;
  path->size = nn_probe_n_inputs (path->probe);
  path->from = g_new (float, 2 * (gsize) path->size);
  set_ends (path);
  path->nodes = g_array_new (FALSE, FALSE, sizeof (NnPathNode));
  path->values = g_array_new (FALSE, FALSE, sizeof (double));
  path->slopes = g_array_new (FALSE, FALSE, sizeof (double));
  path->gradients = g_array_new (FALSE, FALSE, sizeof (float));
  path->intervals = g_array_new (FALSE, FALSE, sizeof (Interval));
}

static void
path_clear (Path *path)
{
  g_free (path->from);
  g_clear_pointer (&path->nodes, g_array_unref);
  g_array_unref (path->values);
  g_array_unref (path->slopes);
  g_array_unref (path->gradients);
  g_array_unref (path->intervals);
}

/* Adds a node at each of @positions. */
static void
add_nodes (Path *path, const double *positions, gsize n)
{
  const guint n_classes = nn_probe_n_classes (path->probe);
  float *rows = nn_probe_rows (path->probe);
  const float *logits, *gradients;

  for (gsize i = 0; i < n; i++)
    for (guint j = 0; j < path->size; j++)
      rows[i * path->size + j] = path->from[j] + (float) positions[i] * path->step[j];
  logits = nn_probe_forward (path->probe, n);
  gradients = nn_probe_gradient (path->probe, &path->input->contrast);
  g_array_append_vals (path->gradients, gradients, (guint) n * path->size);
  for (gsize i = 0; i < n; i++)
    {
      const NnPathNode node = { positions[i], 0 };
      const double value = nn_contrast_value (&path->input->contrast, logits + i * n_classes);
      double slope = 0;

      for (guint j = 0; j < path->size; j++)
        slope += (double) (gradients[i * path->size + j] * path->step[j]);
      g_array_append_val (path->nodes, node);
      g_array_append_val (path->values, value);
      g_array_append_val (path->slopes, slope);
    }
}

static Interval
interval_between (const Path *path, guint left, guint right)
{
  const NnPathNode *nodes = (const NnPathNode *) (gpointer) path->nodes->data;
  const double *values = (const double *) (gpointer) path->values->data;
  const double *slopes = (const double *) (gpointer) path->slopes->data;
  const double width = nodes[right].position - nodes[left].position;
  const double rise = values[right] - values[left];
  Interval interval = { left, right, 0.5, 0, 0 };

  /* Exact if F has one kink within the interval: then it is where its two tangents meet. */
  if (slopes[left] != slopes[right])
    interval.share = CLAMP ((rise / width - slopes[right]) / (slopes[left] - slopes[right]), 0, 1);
  interval.error = width * (slopes[left] + slopes[right]) / 2 - rise;
  interval.least =
      width * (interval.share * slopes[left] + (1 - interval.share) * slopes[right]) - rise;
  return interval;
}

/* The evenly spaced nodes that the path begins with. */
static gboolean
begin (Path *path, const NnProgress *progress)
{
  const guint n = path->config->n_intervals;

  for (guint first = 0; first <= n; first += NN_PROBE_MAX_N)
    {
      const guint last = MIN (first + NN_PROBE_MAX_N, n + 1);
      double positions[NN_PROBE_MAX_N];

      if (!nn_progress_report (progress, 0))
        return FALSE;
      for (guint i = first; i < last; i++)
        positions[i - first] = (double) i / n;
      add_nodes (path, positions, last - first);
    }
  for (guint i = 0; i < n; i++)
    {
      const Interval interval = interval_between (path, i, i + 1);

      g_array_append_val (path->intervals, interval);
    }
  return TRUE;
}

static int
compare_intervals (gconstpointer a, gconstpointer b)
{
  const Interval *p = a, *q = b;
  const double first = fabs (p->error), second = fabs (q->error);

  if (first != second)
    return first > second ? -1 : 1;
  return p->left < q->left ? -1 : 1;
}

/* Halves the @n intervals with the largest errors. */
static void
refine (Path *path, guint n)
{
  const guint first = path->nodes->len;
  double positions[MAX_HALVED];

  g_array_sort (path->intervals, compare_intervals);
  for (guint i = 0; i < n; i++)
    {
      const Interval *interval = &g_array_index (path->intervals, Interval, i);

      positions[i] = (g_array_index (path->nodes, NnPathNode, interval->left).position +
                      g_array_index (path->nodes, NnPathNode, interval->right).position) /
                     2;
    }
  add_nodes (path, positions, n);
  for (guint i = 0; i < n; i++)
    {
      Interval *interval = &g_array_index (path->intervals, Interval, i);
      const Interval upper = interval_between (path, first + i, interval->right);

      *interval = interval_between (path, interval->left, first + i);
      g_array_append_val (path->intervals, upper);
    }
}

/* Chooses the blend. Returns the error of the sum of the attributions. */
static double
choose_blend (Path *path, double bound)
{
  double error = 0, least = 0;

  for (guint i = 0; i < path->intervals->len; i++)
    {
      error += g_array_index (path->intervals, Interval, i).error;
      least += g_array_index (path->intervals, Interval, i).least;
    }
  path->blend = fabs (error) > bound && error != least ? CLAMP (error / (error - least), 0, 1) : 0;
  return (1 - path->blend) * error + path->blend * least;
}

static void
set_weights (Path *path)
{
  NnPathNode *nodes = (NnPathNode *) (gpointer) path->nodes->data;

  for (guint i = 0; i < path->intervals->len; i++)
    {
      const Interval *interval = &g_array_index (path->intervals, Interval, i);
      const double width = nodes[interval->right].position - nodes[interval->left].position;
      const double share = 0.5 + path->blend * (interval->share - 0.5);

      nodes[interval->left].weight += share * width;
      nodes[interval->right].weight += (1 - share) * width;
    }
}

/* The attributions that follow from the weights of the nodes. Returns their sum. */
static double
attribute (const Path *path, float *attribution)
{
  const float *gradients = (const float *) (gpointer) path->gradients->data;
  const NnPathNode *nodes = (const NnPathNode *) (gpointer) path->nodes->data;
  g_autofree double *total = g_new0 (double, path->size);
  g_autofree float *mean = g_new (float, path->size);
  g_autofree float *at_input = g_new (float, path->n_inputs);
  double sum = 0;

  for (guint i = 0; i < path->nodes->len; i++)
    for (guint j = 0; j < path->size; j++)
      total[j] += nodes[i].weight * (double) gradients[(gsize) i * path->size + j];
  for (guint j = 0; j < path->size; j++)
    mean[j] = (float) total[j];
  /* z = x W^T: dx = dz W */
  if (path->head != NULL)
    nn_sgemm (FALSE, FALSE, 1, path->n_inputs, path->size, 1, mean, path->size, path->head->weight,
              path->n_inputs, 0, at_input, path->n_inputs);
  else
    memcpy (at_input, mean, path->size * sizeof (float));
  for (guint j = 0; j < path->n_inputs; j++)
    {
      attribution[j] = at_input[j] * (path->input->x[j] - path->input->baseline[j]);
      sum += (double) attribution[j];
    }
  return sum;
}

/* Refines until the attributions are complete. %FALSE if @progress stopped it. */
static gboolean
integrate (Path *path, const NnProgress *progress)
{
  const NnPathConfig *config = path->config;
  double bound;

  if (!begin (path, progress))
    return FALSE;
  bound = MARGIN * config->tolerance *
          fabs (g_array_index (path->values, double, config->n_intervals) -
                g_array_index (path->values, double, 0));
  while (fabs (choose_blend (path, bound)) > bound && path->nodes->len < config->max_nodes)
    {
      const guint room = MIN (config->max_nodes - path->nodes->len, MAX_HALVED);

      if (!nn_progress_report (progress, (double) path->nodes->len / config->max_nodes))
        return FALSE;
      refine (path, MIN (room, path->intervals->len));
    }
  return TRUE;
}

gboolean
nn_integrated_gradients (NnProbe *probe,
                         const NnExplainInput *input,
                         const NnPathConfig *config,
                         const NnProgress *progress,
                         float *attribution,
                         NnPathIntegral *integral)
{
  Path path = { .input = input, .config = config != NULL ? config : &nn_path_config_default };
  gboolean finished;

  path_init (&path, probe);
  memset (integral, 0, sizeof *integral);
  finished = integrate (&path, progress);
  if (finished)
    {
      const double *values = (const double *) (gpointer) path.values->data;

      integral->difference = values[path.config->n_intervals] - values[0];
      set_weights (&path);
      integral->sum = attribute (&path, attribution);
      integral->complete = fabs (integral->sum - integral->difference) <=
                           path.config->tolerance * fabs (integral->difference);
      integral->nodes = g_steal_pointer (&path.nodes);
    }
  path_clear (&path);
  return finished;
}

void
nn_path_integral_clear (NnPathIntegral *integral)
{
  g_clear_pointer (&integral->nodes, g_array_unref);
}
