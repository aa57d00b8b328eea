/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-architecture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
nn_architecture_from_mlp (const NnMlp *mlp, NnArchitecture *arch, GError **error)
{
  if (mlp->n_layers < 1 || mlp->n_layers > NN_MAX_DENSE)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("a network of %u dense layers: it may have 1 to %d"), mlp->n_layers,
                   NN_MAX_DENSE);
      return FALSE;
    }
  if ((guint) mlp->activation >= NN_N_ACTIVATIONS)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, _ ("unknown activation"));
      return FALSE;
    }
  *arch = (NnArchitecture){ .input = { mlp->widths[0], 1, 1 }, .loss = mlp->loss };
  for (guint l = 0; l < mlp->n_layers; l++)
    {
      NnLayerSpec *layers = arch->layers;

      layers[arch->n_layers++] =
          (NnLayerSpec){ .kind = NN_LAYER_DENSE, .units = mlp->widths[l + 1] };
      if (l + 1 == mlp->n_layers)
        break;
      layers[arch->n_layers++] = (NnLayerSpec){ .kind = NN_LAYER_RELU + mlp->activation };
      if (mlp->dropout > 0)
        layers[arch->n_layers++] = (NnLayerSpec){ .kind = NN_LAYER_DROPOUT, .rate = mlp->dropout };
    }
  return TRUE;
}

gboolean
nn_architecture_get_mlp (const NnArchitecture *arch, NnMlp *mlp)
{
  NnMlp found = { .widths = { arch->input.channels }, .loss = arch->loss };
  g_autofree NnArchitecture *again = NULL;

  if (!nn_shape_is_flat (&arch->input))
    return FALSE;
  found.activation = nn_architecture_get_activation (arch);
  for (guint l = 0; l < arch->n_layers; l++)
    if (arch->layers[l].kind == NN_LAYER_DENSE && found.n_layers < NN_MAX_DENSE)
      found.widths[++found.n_layers] = arch->layers[l].units;
    else if (arch->layers[l].kind == NN_LAYER_DROPOUT)
      found.dropout = arch->layers[l].rate;
  /* It is one if it can be written as one. */
  again = g_new (NnArchitecture, 1);
  if (!nn_architecture_from_mlp (&found, again, NULL) || !nn_architecture_equal (arch, again))
    return FALSE;
  if (mlp != NULL)
    *mlp = found;
  return TRUE;
}

gboolean
nn_architecture_get_shapes (const NnArchitecture *arch,
                            NnShape shapes[NN_MAX_LAYERS + 1],
                            guint *problem,
                            GError **error)
{
  guint none;

  problem = problem != NULL ? problem : &none;
  *problem = 0;
  if (arch->input.channels < 1 || arch->input.channels > NN_MAX_WIDTH || arch->input.height < 1 ||
      arch->input.height > NN_MAX_SIDE || arch->input.width < 1 ||
      arch->input.width > NN_MAX_SIDE || nn_shape_size (&arch->input) > NN_MAX_SIZE)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("an input of %u x %u x %u: it may have 1 to %d channels or features, and "
                      "sides of 1 to %d"),
                   arch->input.channels, arch->input.height, arch->input.width, NN_MAX_WIDTH,
                   NN_MAX_SIDE);
      return FALSE;
    }
  shapes[0] = arch->input;
  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerSpec *spec = &arch->layers[l];

      *problem = l;
      if ((guint) spec->kind >= NN_N_LAYER_KINDS)
        {
          g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, _ ("unknown kind of layer"));
          return FALSE;
        }
      if (!nn_layer_kind (spec->kind)->check (spec, &shapes[l], &shapes[l + 1], error))
        return FALSE;
      if (nn_shape_size (&shapes[l + 1]) > NN_MAX_SIZE)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       _ ("a layer that gives %u x %u x %u values: there may be %zu million"),
                       shapes[l + 1].channels, shapes[l + 1].height, shapes[l + 1].width,
                       NN_MAX_SIZE >> 20);
          return FALSE;
        }
    }
  *problem = arch->n_layers;
  return TRUE;
}

/* Calibration scales the logits by scaling the last weights, which an activation would not let
 * through; dropped logits mean nothing. */
static gboolean
check_end (const NnArchitecture *arch, GError **error)
{
  for (guint l = arch->n_layers; l-- > 0;)
    {
      const NnLayerKindId kind = arch->layers[l].kind;

      if (nn_layer_kind (kind)->sizes != NULL)
        return TRUE;
      if (kind >= NN_LAYER_RELU)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                       _ ("the layer %s comes after the last layer with weights, which gives "
                          "the logits"),
                       nn_layer_kind (kind)->name);
          return FALSE;
        }
    }
  g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG,
                       _ ("the network has no layer with weights"));
  return FALSE;
}

static gboolean
check_total (const NnArchitecture *arch, const NnShape *shapes, GError **error)
{
  gsize n_params = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerKind *kind = nn_layer_kind (arch->layers[l].kind);
      NnLayerSizes sizes = { 0 };

      if (kind->sizes != NULL)
        kind->sizes (&arch->layers[l], &shapes[l], &sizes);
      n_params += (gsize) sizes.n_out * ((gsize) sizes.n_in + 1);
      if (n_params > NN_MAX_PARAMS)
        {
          g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                       _ ("the network has more than %zu million parameters"), NN_MAX_PARAMS >> 20);
          return FALSE;
        }
    }
  return TRUE;
}

/* The checks of every network. @shapes: (out): [n_layers + 1] */
static gboolean
check_layers (const NnArchitecture *arch, NnShape shapes[NN_MAX_LAYERS + 1], GError **error)
{
  const NnShape *last;

  if (arch->n_layers < 1 || arch->n_layers > NN_MAX_LAYERS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                   _ ("a network of %u layers: it may have 1 to %d"), arch->n_layers,
                   NN_MAX_LAYERS);
      return FALSE;
    }
  if ((guint) arch->loss >= NN_N_LOSSES)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, _ ("unknown loss"));
      return FALSE;
    }
  if (!nn_architecture_get_shapes (arch, shapes, NULL, error))
    return FALSE;
  last = &shapes[arch->n_layers];
  if (arch->role == NN_ROLE_MAP)
    return TRUE;
  if (!check_end (arch, error))
    return FALSE;
  if (!nn_shape_is_flat (last))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SHAPE,
                   _ ("the last layer gives an image of %u x %u x %u, and must give a value for "
                      "each class"),
                   last->channels, last->height, last->width);
      return FALSE;
    }
  if (last->channels < 2 || last->channels > NN_MAX_CLASSES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, _ ("%u classes: there may be 2 to %d"),
                   last->channels, NN_MAX_CLASSES);
      return FALSE;
    }
  return TRUE;
}

gboolean
nn_architecture_validate (const NnArchitecture *arch, GError **error)
{
  NnShape shapes[NN_MAX_LAYERS + 1];

  return check_layers (arch, shapes, error) && check_total (arch, shapes, error);
}

static gboolean
spec_equal (const NnLayerSpec *a, const NnLayerSpec *b)
{
  return a->kind == b->kind && a->units == b->units && a->kernel[0] == b->kernel[0] &&
         a->kernel[1] == b->kernel[1] && a->stride == b->stride && a->padding == b->padding &&
         a->rate == b->rate;
}

gboolean
nn_architecture_equal (const NnArchitecture *a, const NnArchitecture *b)
{
  if (a->n_layers != b->n_layers || a->loss != b->loss || a->role != b->role ||
      a->input.channels != b->input.channels || a->input.height != b->input.height ||
      a->input.width != b->input.width)
    return FALSE;
  for (guint l = 0; l < a->n_layers; l++)
    if (!spec_equal (&a->layers[l], &b->layers[l]))
      return FALSE;
  return TRUE;
}

gsize
nn_architecture_n_params (const NnArchitecture *arch)
{
  NnShape shapes[NN_MAX_LAYERS + 1];
  gsize n_params = 0;

  if (!nn_architecture_get_shapes (arch, shapes, NULL, NULL))
    g_return_val_if_reached (0);
  for (guint l = 0; l < arch->n_layers; l++)
    {
      const NnLayerKind *kind = nn_layer_kind (arch->layers[l].kind);
      NnLayerSizes sizes = { 0 };

      if (kind->sizes != NULL)
        kind->sizes (&arch->layers[l], &shapes[l], &sizes);
      n_params += (gsize) sizes.n_out * ((gsize) sizes.n_in + 1);
    }
  return n_params;
}

guint
nn_architecture_n_inputs (const NnArchitecture *arch)
{
  return (guint) nn_shape_size (&arch->input);
}

guint
nn_architecture_n_classes (const NnArchitecture *arch)
{
  NnShape shapes[NN_MAX_LAYERS + 1];

  if (!nn_architecture_get_shapes (arch, shapes, NULL, NULL))
    g_return_val_if_reached (0);
  return shapes[arch->n_layers].channels;
}

gsize
nn_architecture_n_outputs (const NnArchitecture *arch)
{
  NnShape shapes[NN_MAX_LAYERS + 1];

  if (!nn_architecture_get_shapes (arch, shapes, NULL, NULL))
    g_return_val_if_reached (0);
  return nn_shape_size (&shapes[arch->n_layers]);
}

NnActivation
nn_architecture_get_activation (const NnArchitecture *arch)
{
  for (guint l = 0; l + 1 < arch->n_layers; l++)
    {
      const NnLayerKindId next = arch->layers[l + 1].kind;

      if (nn_layer_kind (arch->layers[l].kind)->sizes != NULL && next >= NN_LAYER_RELU &&
          next <= NN_LAYER_TANH)
        return (NnActivation) (next - NN_LAYER_RELU);
    }
  return NN_ACTIVATION_RELU;
}

void
nn_architecture_add_dropout (NnArchitecture *arch, double rate)
{
  for (guint l = 1; rate > 0 && l + 1 < arch->n_layers && arch->n_layers < NN_MAX_LAYERS; l++)
    {
      NnLayerSpec *layers = arch->layers;

      if (nn_layer_kind (layers[l - 1].kind)->sizes == NULL || layers[l].kind < NN_LAYER_RELU ||
          layers[l].kind > NN_LAYER_TANH || layers[l + 1].kind == NN_LAYER_DROPOUT)
        continue;
      memmove (layers + l + 2, layers + l + 1, (arch->n_layers - l - 1) * sizeof layers[0]);
      layers[l + 1] = (NnLayerSpec){ .kind = NN_LAYER_DROPOUT, .rate = rate };
      arch->n_layers++;
    }
}

void
nn_architecture_remove_dropout (NnArchitecture *arch)
{
  guint n = 0;

  for (guint l = 0; l < arch->n_layers; l++)
    if (arch->layers[l].kind != NN_LAYER_DROPOUT)
      arch->layers[n++] = arch->layers[l];
  arch->n_layers = n;
}
