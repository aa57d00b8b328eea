/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-adapt-head.h"

#include <string.h>

#include "nn-backward.h"
#include "nn-forward.h"
#include "nn-optimizer.h"

/* Rows of a minibatch. */
#define BATCH_OWN 32
#define BATCH_OTHERS 96
#define BATCH (BATCH_OWN + BATCH_OTHERS)

#define LEARNING_RATE 0.0005

guint
numeral_adapt_head_first (const NnNetwork *network, guint n_trained)
{
  if (n_trained >= network->n_weights)
    return 0;
  return network->weights[network->n_weights - n_trained].layer;
}

/* The parameters of the last layers are the end of the block. */
static float *
tail (const NnNetwork *network, const NnNetwork *head)
{
  return network->params + (network->n_params - head->n_params);
}

NnNetwork *
numeral_adapt_head_new (const NnNetwork *network, guint first)
{
  NnArchitecture arch = { .input = network->shapes[first],
                          .n_layers = network->arch.n_layers - first,
                          .loss = network->arch.loss };
  NnNetwork *head;

  memcpy (arch.layers, network->arch.layers + first, arch.n_layers * sizeof arch.layers[0]);
  head = nn_network_new (&arch, NULL);
  memcpy (head->params, tail (network, head), head->n_params * sizeof (float));
  return head;
}

NnNetwork *
numeral_adapt_head_join (const NnNetwork *network, const NnNetwork *head, double amount)
{
  NnNetwork *joined = nn_network_copy (network);
  float *params = tail (joined, head);

  for (gsize i = 0; i < head->n_params; i++)
    params[i] += (float) (amount * ((double) head->params[i] - (double) params[i]));
  return joined;
}

/* Deals the rows of a set in a random order, and again in another one. */
typedef struct
{
  guint32 *order;
  gsize n, next;
  NnRandom random;
} Dealer;

static void
dealer_init (Dealer *dealer, const NumeralAdaptRows *rows, guint64 seed, guint64 stream)
{
  dealer->order = g_memdup2 (rows->rows, rows->n * sizeof *rows->rows);
  dealer->n = rows->n;
  dealer->next = rows->n;
  nn_random_init_stream (&dealer->random, seed, stream, 0);
}

static guint32
deal (Dealer *dealer)
{
  if (dealer->next == dealer->n)
    {
      nn_random_shuffle (&dealer->random, dealer->order, dealer->n);
      dealer->next = 0;
    }
  return dealer->order[dealer->next++];
}

typedef struct
{
  const NumeralAdaptLesson *lesson;
  NnNetwork *head;
  NnTape *tape;
  NnOptimizer *optimizer;
  Dealer own, others;
  float *x;        /* [BATCH, inputs] */
  float *targets;  /* [BATCH, classes] */
  float *dlogits;  /* [BATCH, classes] */
  float *gradient; /* [n_params] */
} Training;

static void
training_init (Training *t, const NnNetwork *head, const NumeralAdaptLesson *lesson)
{
  const guint k = nn_architecture_n_classes (&head->arch);
  NnTrainConfig config;

  nn_train_config_init (&config);
  config.optimizer = NN_OPTIMIZER_ADAM;
  config.learning_rate = LEARNING_RATE;
  *t = (Training){ .lesson = lesson,
                   .head = nn_network_copy (head),
                   .tape = nn_tape_new (&head->arch, BATCH),
                   .optimizer = nn_optimizer_new (&config, &head->arch),
                   .x = g_new (float, BATCH *nn_architecture_n_inputs (&head->arch)),
                   .targets = g_new (float, BATCH *k),
                   .dlogits = g_new (float, BATCH *k),
                   .gradient = g_new (float, head->n_params) };
  dealer_init (&t->own, &lesson->own, lesson->seed, 1);
  dealer_init (&t->others, &lesson->others, lesson->seed, 2);
}

static void
training_clear (Training *t)
{
  nn_network_unref (t->head);
  nn_tape_free (t->tape);
  nn_optimizer_free (t->optimizer);
  g_free (t->own.order);
  g_free (t->others.order);
  g_free (t->x);
  g_free (t->targets);
  g_free (t->dlogits);
  g_free (t->gradient);
}

/* The gradient of the mean loss at the logits, for targets that may be soft. The loss is that of
 * the network (nn-loss.h); for both cross-entropies the gradient is output - target. */
static void
differentiate (Training *t, const float *logits)
{
  const guint k = nn_architecture_n_classes (&t->head->arch);
  const NnLoss loss = t->head->arch.loss;

  nn_loss_outputs (loss, logits, t->dlogits, BATCH, k);
  for (gsize i = 0; i < (gsize) BATCH * k; i++)
    {
      const float p = t->dlogits[i];

      t->dlogits[i] = (p - t->targets[i]) / BATCH;
      if (loss == NN_LOSS_MSE)
        t->dlogits[i] *= p * (1 - p);
    }
}

static void
step (Training *t)
{
  const gsize size = nn_architecture_n_inputs (&t->head->arch);
  const gsize k = nn_architecture_n_classes (&t->head->arch);

  for (gsize i = 0; i < BATCH; i++)
    {
      const gsize row = deal (i < BATCH_OWN ? &t->own : &t->others);

      memcpy (t->x + i * size, t->lesson->features + row * size, size * sizeof (float));
      memcpy (t->targets + i * k, t->lesson->targets + row * k, k * sizeof (float));
    }
  differentiate (t, nn_forward (t->head, t->tape, t->x, BATCH));
  memset (t->gradient, 0, t->head->n_params * sizeof (float));
  nn_backward (t->head, t->tape, t->dlogits, t->gradient, NULL);
  nn_optimizer_apply (t->optimizer, t->head->params, t->gradient);
}

NnNetwork *
numeral_adapt_head_train (const NnNetwork *head,
                          const NumeralAdaptLesson *lesson,
                          NumeralAdaptStepFunc on_step,
                          gpointer data)
{
  NnNetwork *trained = NULL;
  Training t;
  guint i = 0;

  training_init (&t, head, lesson);
  for (; i < lesson->n_steps; i++)
    {
      /* Linearly to zero, so that the last minibatches do not decide. */
      nn_optimizer_set_learning_rate (t.optimizer,
                                      LEARNING_RATE * (lesson->n_steps - i) / lesson->n_steps);
      step (&t);
      if (!on_step (data))
        break;
    }
  if (i == lesson->n_steps)
    trained = nn_network_ref (t.head);
  training_clear (&t);
  return trained;
}

float *
numeral_adapt_head_read (const NnNetwork *head, const float *features, gsize n)
{
  const gsize size = nn_architecture_n_inputs (&head->arch);
  const gsize k = nn_architecture_n_classes (&head->arch);
  g_autoptr (NnTape) tape = nn_tape_new (&head->arch, BATCH);
  float *logits = g_new (float, MAX (n * k, 1));

  for (gsize first = 0; first < n; first += BATCH)
    {
      const gsize rows = MIN (BATCH, n - first);

      memcpy (logits + first * k, nn_forward (head, tape, features + first * size, rows),
              rows * k * sizeof (float));
    }
  return logits;
}
