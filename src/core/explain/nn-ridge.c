/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-ridge.h"

#include <math.h>

/* A pivot below this part of the largest diagonal element is rounding. */
#define SINGULAR 1e-12

/* The normal equations: matrix [k, k] and right side [k], of centred data. */
typedef struct
{
  guint k;
  double weight;     /* sum of the weights */
  double mean_value; /* weighted */
  double *means;     /* [k] weighted */
  double *matrix;
  double *right;
} Normal;

static void
set_means (const NnRidgeData *data, Normal *normal)
{
  for (gsize i = 0; i < data->n; i++)
    {
      normal->weight += data->weights[i];
      normal->mean_value += data->weights[i] * data->values[i];
      for (guint j = 0; j < data->k; j++)
        normal->means[j] += data->weights[i] * data->features[i * data->k + j];
    }
  normal->mean_value /= normal->weight;
  for (guint j = 0; j < data->k; j++)
    normal->means[j] /= normal->weight;
}

static void
set_equations (const NnRidgeData *data, Normal *normal)
{
  const guint k = data->k;
  g_autofree double *row = g_new (double, k);
  double trace = 0;

  for (gsize i = 0; i < data->n; i++)
    {
      const double value = data->values[i] - normal->mean_value;

      for (guint j = 0; j < k; j++)
        row[j] = data->features[i * k + j] - normal->means[j];
      for (guint j = 0; j < k; j++)
        {
          const double weighted = data->weights[i] * row[j];

          normal->right[j] += weighted * value;
          for (guint l = 0; l <= j; l++)
            normal->matrix[j * k + l] += weighted * row[l];
        }
    }
  for (guint j = 0; j < k; j++)
    trace += normal->matrix[j * k + j];
  for (guint j = 0; j < k; j++)
    normal->matrix[j * k + j] += data->penalty * trace / k;
}

/* Replaces the lower triangle by Cholesky's factor; its diagonal is 0 where a feature says nothing
 * new. */
static void
factorise (Normal *normal)
{
  const guint k = normal->k;
  double *m = normal->matrix, largest = 0;

  for (guint j = 0; j < k; j++)
    largest = MAX (largest, m[j * k + j]);
  for (guint j = 0; j < k; j++)
    for (guint i = j; i < k; i++)
      {
        double sum = m[i * k + j];

        for (guint l = 0; l < j; l++)
          sum -= m[i * k + l] * m[j * k + l];
        if (i == j)
          m[j * k + j] = sum > SINGULAR * largest ? sqrt (sum) : 0;
        else
          m[i * k + j] = m[j * k + j] > 0 ? sum / m[j * k + j] : 0;
      }
}

static void
solve (const Normal *normal, double *x)
{
  const guint k = normal->k;
  const double *m = normal->matrix;

  for (guint i = 0; i < k; i++)
    {
      x[i] = normal->right[i];
      for (guint l = 0; l < i; l++)
        x[i] -= m[i * k + l] * x[l];
      x[i] = m[i * k + i] > 0 ? x[i] / m[i * k + i] : 0;
    }
  for (guint i = k; i-- > 0;)
    {
      for (guint l = i + 1; l < k; l++)
        x[i] -= m[l * k + i] * x[l];
      x[i] = m[i * k + i] > 0 ? x[i] / m[i * k + i] : 0;
    }
}

static double
explained (const NnRidgeData *data, const Normal *normal, const double *coefficients)
{
  double residual = 0, total = 0;

  for (gsize i = 0; i < data->n; i++)
    {
      const double value = data->values[i] - normal->mean_value;
      double fit = 0;

      for (guint j = 0; j < data->k; j++)
        fit += coefficients[j] * (data->features[i * data->k + j] - normal->means[j]);
      residual += data->weights[i] * (value - fit) * (value - fit);
      total += data->weights[i] * value * value;
    }
  return total > 0 ? 1 - residual / total : 1;
}

double
nn_ridge (const NnRidgeData *data, double *coefficients, double *intercept)
{
  const guint k = data->k;
  g_autofree double *means = g_new0 (double, k);
  g_autofree double *matrix = g_new0 (double, (gsize) k *k);
  g_autofree double *right = g_new0 (double, k);
  Normal normal = { .k = k, .means = means, .matrix = matrix, .right = right };

  set_means (data, &normal);
  set_equations (data, &normal);
  factorise (&normal);
  solve (&normal, coefficients);
  *intercept = normal.mean_value;
  for (guint j = 0; j < k; j++)
    *intercept -= coefficients[j] * means[j];
  return explained (data, &normal, coefficients);
}
