/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "ink-tensor.h"
#include "numeral-explain-network-private.h"
#include "numeral-format.h"

/* While a network learns, fewer samples are read, and not all the time: the training needs the
 * processors. */
#define SAMPLES 10000
#define SAMPLES_LIVE 2000
#define PAUSE_MS 150

/* What a thread gets, and what it gives. */
typedef struct
{
  NumeralNetworkWork work;
  NnNetwork *network;
  NnDataset *dataset; /* (nullable) */
  guint layer;
  gsize max_samples;
  float *x;            /* (nullable): the drawing */
  NumeralModel *whole; /* (nullable) */
  GArray *off;         /* (nullable) (element-type NumeralUnit) */

  NumeralModel *derived;         /* (nullable) */
  NumeralUnits *units;           /* (nullable) */
  NumeralProjection *projection; /* (nullable) */
  NumeralProjection *before;     /* (nullable) */
  double accuracy;
  float *now, *maps, *place;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  nn_network_unref (job->network);
  g_clear_pointer (&job->dataset, nn_dataset_unref);
  g_clear_pointer (&job->units, numeral_units_unref);
  g_clear_pointer (&job->projection, numeral_projection_unref);
  g_clear_pointer (&job->before, numeral_projection_unref);
  g_clear_pointer (&job->whole, numeral_model_unref);
  g_clear_pointer (&job->derived, numeral_model_unref);
  g_clear_pointer (&job->off, g_array_unref);
  g_free (job->x);
  g_free (job->now);
  g_free (job->maps);
  g_free (job->place);
  g_free (job);
}

static gboolean
project (Job *job, GCancellable *cancellable, GError **error)
{
  const gsize size =
      job->layer > 0 ? nn_shape_size (&job->network->shapes[job->layer]) : job->dataset->n_features;
  const NumeralProjectionConfig config = {
    .layer = job->layer,
    .n_components = (guint) MIN (MIN (NUMERAL_NETWORK_COMPONENTS, size), job->dataset->n),
    .n_workers = 1,
  };

  job->projection =
      numeral_projection_new (job->network, job->dataset, &config, cancellable, error);
  if (job->projection && job->before)
    numeral_projection_align (job->projection, job->before);
  return job->projection != NULL;
}

static void
follow_drawing (Job *job)
{
  if (job->units)
    {
      const gsize n = job->units->n;

      job->now = g_new (float, n);
      job->maps = g_new (float, n * job->units->map_height * job->units->map_width);
      numeral_units_measure (job->units, job->network, job->x, job->now, job->maps);
    }
  if (job->projection)
    {
      const NumeralProjectionReader reader = {
        job->network, job->off ? (const NumeralUnit *) (gpointer) job->off->data : NULL,
        job->off ? job->off->len : 0
      };

      job->place = g_new (float, job->projection->pca->n_components);
      /* While a network learns its map may be of an earlier snapshot, which then places both. */
      numeral_projection_place (job->projection, job->off ? &reader : NULL, job->x, job->place);
    }
}

static void
work_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean done = TRUE;

  switch (job->work)
    {
    case NUMERAL_NETWORK_UNITS:
      job->units = numeral_units_new (job->network, job->dataset, job->layer, job->max_samples,
                                      cancellable, &error);
      done = job->units != NULL;
      break;
    case NUMERAL_NETWORK_MAP:
      done = project (job, cancellable, &error);
      break;
    case NUMERAL_NETWORK_OFF:
      done = numeral_units_accuracy (job->network, job->dataset, job->max_samples, &job->accuracy,
                                     cancellable, &error);
      break;
    case NUMERAL_NETWORK_DERIVE:
      job->derived =
          numeral_model_switch_off (job->whole, (const NumeralUnit *) (gpointer) job->off->data,
                                    job->off->len);
      break;
    case NUMERAL_NETWORK_LIVE:
    default:
      follow_drawing (job);
      break;
    }
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
is_learning (NumeralExplainNetwork *self)
{
  return numeral_trainer_get_state (numeral_lab_get_trainer (
             numeral_page_get_lab (NUMERAL_PAGE (self)))) == NUMERAL_TRAINER_RUNNING;
}

/* While a network learns there is news thirty times a second. What somebody draws never waits, and
 * the lab reads with the newest weights. */
static gboolean
may_pause (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  const NumeralSubject *subject =
      numeral_lab_get_subject (numeral_page_get_lab (NUMERAL_PAGE (self)));

  return is_learning (self) && work != NUMERAL_NETWORK_DERIVE &&
         (work != NUMERAL_NETWORK_LIVE || !subject || !subject->unfinished);
}

static void start (NumeralExplainNetwork *self, NumeralNetworkWork work);

/* The activations of the drawing stay until the new ones are known, if they are of the same layer.
 */
static void
take_units (NumeralExplainNetwork *self, NumeralUnits *units)
{
  if (!self->units || self->units->layer != units->layer ||
      !nn_architecture_equal (&self->units->network->arch, &units->network->arch))
    {
      g_clear_pointer (&self->now, g_free);
      g_clear_pointer (&self->maps, g_free);
    }
  g_clear_pointer (&self->units, numeral_units_unref);
  self->units = units;
}

/* Has the lab read with the model that was derived. */
static void
take_derived (NumeralExplainNetwork *self, NumeralModel *model)
{
  g_autoptr (NumeralModel) last = g_steal_pointer (&self->derived);
  /* Translators: the model that reads: its name, and how many of its units are off */
  g_autofree char *name =
      g_strdup_printf (ngettext ("%s, %u unit off", "%s, %u units off", self->off->len), self->name,
                       self->off->len);

  self->derived = numeral_model_ref (model);
  numeral_lab_use_derived (numeral_page_get_lab (NUMERAL_PAGE (self)), model, name);
  numeral_explain_network_want (self, NUMERAL_NETWORK_OFF);
  numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
}

/* Shows what a work gave. */
static void
take (NumeralExplainNetwork *self, Job *job)
{
  switch (job->work)
    {
    case NUMERAL_NETWORK_UNITS:
      take_units (self, g_steal_pointer (&job->units));
      numeral_explain_network_show_units (self);
      if (self->off->len > 0)
        numeral_explain_network_want (self, NUMERAL_NETWORK_OFF);
      numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
      break;
    case NUMERAL_NETWORK_MAP:
      g_clear_pointer (&self->projection, numeral_projection_unref);
      self->projection = g_steal_pointer (&job->projection);
      self->projected = job->layer;
      numeral_map_view_set (self->map, self->projection, job->dataset);
      numeral_explain_network_want (self, NUMERAL_NETWORK_LIVE);
      break;
    case NUMERAL_NETWORK_OFF:
      self->accuracy_off = job->accuracy;
      numeral_explain_network_show_off (self);
      break;
    case NUMERAL_NETWORK_DERIVE:
      take_derived (self, job->derived);
      break;
    case NUMERAL_NETWORK_LIVE:
    default:
      if (job->place && job->projection == self->projection)
        numeral_map_view_move_star (self->map, job->place, self->goes_on);
      self->goes_on = TRUE;
      if (job->units == self->units)
        {
          g_free (self->now);
          g_free (self->maps);
          self->now = g_steal_pointer (&job->now);
          self->maps = g_steal_pointer (&job->maps);
          numeral_explain_network_show_now (self);
        }
      break;
    }
}

static void
begin (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  if (!numeral_page_get_lab (NUMERAL_PAGE (self)) || !self->whole || self->works[work].waiting ||
      (!numeral_page_get_shown (NUMERAL_PAGE (self)) && work != NUMERAL_NETWORK_DERIVE))
    return;
  if (self->works[work].going)
    self->works[work].again = TRUE;
  else
    start (self, work);
}

static void
on_pause (gpointer data)
{
  NumeralExplainNetwork *self = data;

  for (guint work = 0; work < NUMERAL_N_NETWORK_WORKS; work++)
    if (self->works[work].waiting &&
        self->works[work].waiting == g_source_get_id (g_main_current_source ()))
      {
        self->works[work].waiting = 0;
        begin (self, work);
      }
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (NumeralExplainNetwork) self = data;
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  const NumeralNetworkWork work = job->work;
  gboolean again;

  if (self->works[work].going != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->works[work].going);
  again = self->works[work].again;
  self->works[work].again = FALSE;
  if (done)
    take (self, job);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = numeral_format_sentence (error->message);

      numeral_explain_network_show_status (self, _ ("The Network Cannot Be Explained"), text, TRUE);
    }
  if (!again || self->works[work].going)
    return;
  if (may_pause (self, work))
    self->works[work].waiting = g_timeout_add_once (PAUSE_MS, on_pause, self);
  else
    begin (self, work);
}

/* (transfer full) */
static Job *
make_derive_job (NumeralExplainNetwork *self)
{
  Job *job = g_new0 (Job, 1);

  job->work = NUMERAL_NETWORK_DERIVE;
  job->network = nn_network_ref (self->whole->network);
  job->whole = numeral_model_ref (self->whole);
  job->off = g_array_copy (self->off);
  return job;
}

/* (transfer full) (nullable): %NULL if there is nothing to do */
static Job *
make_job (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  NumeralSubject *subject = numeral_lab_get_subject (numeral_page_get_lab (NUMERAL_PAGE (self)));
  NnNetwork *whole = self->whole->network, *reads = self->derived ? self->derived->network : whole;
  Job *job;

  if (work == NUMERAL_NETWORK_DERIVE)
    return self->off->len > 0 ? make_derive_job (self) : NULL;
  if (work == NUMERAL_NETWORK_LIVE ? !subject || (!self->units && !self->projection) :
                                     !self->loaded)
    return NULL;
  /* A model that is derived is measured afterwards. */
  if (work == NUMERAL_NETWORK_OFF &&
      (!self->derived || !self->units || self->works[NUMERAL_NETWORK_DERIVE].going))
    return NULL;
  job = g_new0 (Job, 1);
  job->work = work;
  job->network =
      nn_network_ref (work == NUMERAL_NETWORK_OFF || work == NUMERAL_NETWORK_LIVE ? reads : whole);
  job->max_samples = work == NUMERAL_NETWORK_OFF ? self->units->n_samples :
                     is_learning (self)          ? SAMPLES_LIVE :
                                                   SAMPLES;
  job->layer = work == NUMERAL_NETWORK_MAP ? self->map_layer : self->layer;
  if (work == NUMERAL_NETWORK_MAP)
    job->dataset = nn_dataset_ref (self->map_dataset);
  else if (work != NUMERAL_NETWORK_LIVE)
    job->dataset = nn_dataset_ref (self->dataset);
  if (work == NUMERAL_NETWORK_MAP && self->projection && self->projected == self->map_layer)
    job->before = numeral_projection_ref (self->projection);
  if (work != NUMERAL_NETWORK_LIVE)
    return job;
  job->x = g_memdup2 (subject->reading.tensor, sizeof subject->reading.tensor);
  /* The lists of layers may be those of a network that is not measured yet. */
  if (self->units && nn_architecture_equal (&self->units->network->arch, &reads->arch))
    job->units = numeral_units_ref (self->units);
  if (self->projection && nn_architecture_equal (&self->projection->network->arch, &reads->arch))
    job->projection = numeral_projection_ref (self->projection);
  /* The samples are placed by the whole network, and the drawing by what is left of it. */
  if (self->derived && self->off->len > 0)
    job->off = g_array_copy (self->off);
  return job;
}

static void
start (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  Job *job = make_job (self, work);
  g_autoptr (GTask) task = NULL;

  if (!job)
    return;
  self->works[work].going = g_cancellable_new ();
  /* The task does not hold the widget, which must not be freed in a thread. */
  task = g_task_new (NULL, self->works[work].going, on_done, g_object_ref (self));
  g_task_set_task_data (task, job, job_free);
  if (work == NUMERAL_NETWORK_LIVE || work == NUMERAL_NETWORK_DERIVE)
    g_task_set_priority (task, G_PRIORITY_HIGH);
  g_task_run_in_thread (task, work_in_thread);
}

void
numeral_explain_network_want (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  if (work == NUMERAL_NETWORK_LIVE && numeral_page_get_shown (NUMERAL_PAGE (self)) &&
      !may_pause (self, work))
    g_clear_handle_id (&self->works[work].waiting, g_source_remove);
  if (work == NUMERAL_NETWORK_LIVE && numeral_page_get_shown (NUMERAL_PAGE (self)) &&
      !self->works[work].waiting && may_pause (self, work))
    self->works[work].waiting = g_timeout_add_once (PAUSE_MS, on_pause, self);
  begin (self, work);
}

void
numeral_explain_network_cancel (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  if (self->works[work].going)
    g_cancellable_cancel (self->works[work].going);
  g_clear_object (&self->works[work].going);
  g_clear_handle_id (&self->works[work].waiting, g_source_remove);
  self->works[work].again = FALSE;
}

void
numeral_explain_network_restart (NumeralExplainNetwork *self, NumeralNetworkWork work)
{
  numeral_explain_network_cancel (self, work);
  numeral_explain_network_want (self, work);
}

void
numeral_explain_network_stop (NumeralExplainNetwork *self)
{
  for (guint work = 0; work < NUMERAL_N_NETWORK_WORKS; work++)
    if (work != NUMERAL_NETWORK_DERIVE)
      numeral_explain_network_cancel (self, work);
}
