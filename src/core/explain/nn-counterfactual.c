/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-counterfactual.h"

#include <math.h>
#include <string.h>

#include "nn-backward.h"
#include "nn-forward.h"

/* Steps at most, and steps without a better deformation after which the best one is returned. */
#define MAX_STEPS 400
#define PATIENCE 60
/* Adam: pixels of a step, and the decay rates of its averages. */
#define RATE 0.1
#define BETA1 0.9
#define BETA2 0.99
/* Cost of the square of a displacement of the grid, so that it stays at rest where nothing is
 * drawn; the cost of the bending energy is 1. */
#define LENGTH_WEIGHT 0.02
/* Pixels by which the centre of mass may move, and what the search aims at: as far as it varies in
 * MNIST. */
#define MAX_CENTRE 0.5
#define AIMED_CENTRE 0.4
/* Distances to the border, in logits: what the search aims at, and what is good enough. */
#define MARGIN 0.5
#define ENOUGH 0.25
/* Weights of the answer and of the square of the pixels by which the centre of mass moves, against
 * a cost of 1, and their change in a step. */
#define FIRST_WEIGHT 20
#define RISE 1.05
#define FALL 0.93

typedef struct
{
  const NnCounterfactual *question;
  const float *x;
  gsize n_pixels, n_control;
  NnTape *tape, *gate_tape;
  NnDeformation *now, *best;
  double best_cost, centre[2];
  double weight, centre_weight;
  float *y, *dy, *dx; /* [n_pixels] */
  float *dlogits;     /* [the most classes] */
  float *gradient, *m, *v;
} Search;

/* The answer is right, and how far it is from being so. */
typedef struct
{
  double missing; /* sum of the logits that are missing to the margins */
  double moved;   /* distance of the centre of mass */
  gboolean good;
} State;

static void
centre_of_mass (const Search *self, const float *y, double centre[2], double *ink)
{
  double sum = 0, sums[2] = { 0 };

  for (gsize i = 0; i < self->n_pixels; i++)
    {
      sum += (double) y[i];
      sums[0] += (double) y[i] * (double) (i % self->question->width);
      sums[1] += (double) y[i] * (double) (i / self->question->width);
    }
  *ink = sum;
  for (guint axis = 0; axis < 2; axis++)
    centre[axis] = sum > 0 ? sums[axis] / sum : 0;
}

/* Adds to dy the gradient of the cost of the centre of mass. */
static double
add_centre (Search *self)
{
  double centre[2], ink, moved[2];

  centre_of_mass (self, self->y, centre, &ink);
  for (guint axis = 0; axis < 2; axis++)
    moved[axis] = centre[axis] - self->centre[axis];
  for (gsize i = 0; i < self->n_pixels && ink > 0; i++)
    {
      const double px = (double) (i % self->question->width) - centre[0];
      const double py = (double) (i / self->question->width) - centre[1];

      self->dy[i] += (float) (2 * self->centre_weight * (moved[0] * px + moved[1] * py) / ink);
    }
  return hypot (moved[0], moved[1]);
}

/* Adds to dy @weight times the gradient of a function of the logits, which is in dlogits. */
static void
add_backward (Search *self, const NnNetwork *network, NnTape *tape)
{
  nn_backward (network, tape, self->dlogits, NULL, self->dx);
  for (gsize i = 0; i < self->n_pixels; i++)
    self->dy[i] += (float) self->weight * self->dx[i];
}

/* How many logits the target is ahead of the next class. */
static double
add_answer (Search *self)
{
  const NnNetwork *network = self->question->network;
  const guint n = nn_architecture_n_classes (&network->arch), target = self->question->target;
  const float *logits = nn_forward (network, self->tape, self->y, 1);
  guint rival = target == 0 ? 1 : 0;
  double ahead;

  for (guint c = 0; c < n; c++)
    if (c != target && logits[c] > logits[rival])
      rival = c;
  ahead = (double) (logits[target] - logits[rival]);
  if (ahead >= MARGIN)
    return ahead;
  memset (self->dlogits, 0, n * sizeof *self->dlogits);
  self->dlogits[target] = -1;
  self->dlogits[rival] = 1;
  add_backward (self, network, self->tape);
  return ahead;
}

/* How many logits the log odds of the gate are below its limit. */
static double
add_gate (Search *self)
{
  const NnNetwork *gate = self->question->gate;
  const float *logits;
  double most = -G_MAXDOUBLE, sum = 0, below;
  guint n;

  if (gate == NULL)
    return MARGIN;
  n = nn_architecture_n_classes (&gate->arch);
  logits = nn_forward (gate, self->gate_tape, self->y, 1);
  for (guint c = 1; c < n; c++)
    most = MAX (most, (double) logits[c]);
  for (guint c = 1; c < n; c++)
    sum += exp ((double) logits[c] - most);
  below = self->question->gate_limit - (most + log (sum) - (double) logits[0]);
  if (below >= MARGIN)
    return below;
  self->dlogits[0] = -1;
  for (guint c = 1; c < n; c++)
    self->dlogits[c] = (float) (exp ((double) logits[c] - most) / sum);
  add_backward (self, gate, self->gate_tape);
  return below;
}

/* Deforms the image, reads it, and calculates the gradient at the deformed image. */
static State
look (Search *self)
{
  State state;
  double ahead, below;

  nn_deformation_apply (self->now, 1, self->x, self->y);
  memset (self->dy, 0, self->n_pixels * sizeof *self->dy);
  ahead = add_answer (self);
  below = add_gate (self);
  state.missing = MAX (MARGIN - ahead, 0) + MAX (MARGIN - below, 0);
  state.moved = add_centre (self);
  state.good = ahead >= ENOUGH && below >= ENOUGH && state.moved <= MAX_CENTRE;
  return state;
}

/* The cost of the deformation, whose gradient is added. */
static double
add_cost (Search *self)
{
  double cost = nn_deformation_bending (self->now, 1, self->gradient);

  for (gsize i = 0; i < self->n_control; i++)
    {
      const double u = (double) self->now->control[i];

      cost += LENGTH_WEIGHT * u * u;
      self->gradient[i] += (float) (2 * LENGTH_WEIGHT * u);
    }
  return cost;
}

/* @step: from 1 */
static void
adam (Search *self, guint step)
{
  const double unbias1 = 1 - pow (BETA1, step), unbias2 = 1 - pow (BETA2, step);

  for (gsize i = 0; i < self->n_control; i++)
    {
      const double g = (double) self->gradient[i];

      self->m[i] = (float) (BETA1 * (double) self->m[i] + (1 - BETA1) * g);
      self->v[i] = (float) (BETA2 * (double) self->v[i] + (1 - BETA2) * g * g);
      self->now->control[i] -= (float) (RATE * ((double) self->m[i] / unbias1) /
                                        (sqrt ((double) self->v[i] / unbias2) + 1e-8));
    }
}

/* Returns whether the search goes on. */
static gboolean
keep_better (Search *self, const State *state, double cost, guint *n_worse)
{
  if (state->good && (self->best == NULL || cost < self->best_cost))
    {
      g_clear_pointer (&self->best, nn_deformation_free);
      self->best = nn_deformation_copy (self->now);
      self->best_cost = cost;
      *n_worse = 0;
    }
  else if (self->best != NULL)
    ++*n_worse;
  return *n_worse < PATIENCE;
}

/* Returns %FALSE if it was stopped. */
static gboolean
search (Search *self)
{
  const NnCounterfactual *question = self->question;
  guint n_worse = 0;

  for (guint step = 1; step <= MAX_STEPS; step++)
    {
      State state;
      double cost;

      if (question->proceed != NULL &&
          !question->proceed ((double) (step - 1) / MAX_STEPS, question->data))
        return FALSE;
      state = look (self);
      memset (self->gradient, 0, self->n_control * sizeof *self->gradient);
      nn_deformation_backward (self->now, self->x, self->dy, self->gradient);
      cost = add_cost (self);
      if (!keep_better (self, &state, cost, &n_worse))
        return TRUE;
      self->weight *= state.missing > 0 ? RISE : FALL;
      self->centre_weight *= state.moved > AIMED_CENTRE ? RISE : FALL;
      adam (self, step);
    }
  return TRUE;
}

static void
search_init (Search *self, const NnCounterfactual *question, const float *x)
{
  const NnNetwork *gate = question->gate;
  guint n_classes = nn_architecture_n_classes (&question->network->arch);
  double ink;

  self->question = question;
  self->x = x;
  self->n_pixels = (gsize) question->width * question->height;
  self->now = nn_deformation_new (question->width, question->height);
  self->n_control = nn_deformation_size (self->now);
  self->tape = nn_tape_new_fused (&question->network->arch, 1);
  nn_tape_set_network (self->tape, question->network);
  if (gate != NULL)
    {
      self->gate_tape = nn_tape_new_fused (&gate->arch, 1);
      nn_tape_set_network (self->gate_tape, gate);
      n_classes = MAX (n_classes, nn_architecture_n_classes (&gate->arch));
    }
  self->weight = self->centre_weight = FIRST_WEIGHT;
  self->y = g_new (float, self->n_pixels);
  self->dy = g_new (float, self->n_pixels);
  self->dx = g_new (float, self->n_pixels);
  self->dlogits = g_new (float, n_classes);
  self->gradient = g_new (float, self->n_control);
  self->m = g_new0 (float, self->n_control);
  self->v = g_new0 (float, self->n_control);
  centre_of_mass (self, x, self->centre, &ink);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->now, nn_deformation_free);
  g_clear_pointer (&self->best, nn_deformation_free);
  g_clear_pointer (&self->tape, nn_tape_free);
  g_clear_pointer (&self->gate_tape, nn_tape_free);
  g_free (self->y);
  g_free (self->dy);
  g_free (self->dx);
  g_free (self->dlogits);
  g_free (self->gradient);
  g_free (self->m);
  g_free (self->v);
}

NnDeformation *
nn_counterfactual_find (const NnCounterfactual *question, const float *x)
{
  Search self = { 0 };
  NnDeformation *found = NULL;

  search_init (&self, question, x);
  if (search (&self))
    found = g_steal_pointer (&self.best);
  search_clear (&self);
  return found;
}
