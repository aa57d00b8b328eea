/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-gan-session.h"
#include "numeral-json.h"

/* The figures of a training as JSON, which counts steps and epochs from 1. */

static void
append (GString *text, const char *name, double value)
{
  g_string_append_printf (text, ",\"%s\":", name);
  numeral_json_append_double (text, value);
}

char *
numeral_gan_step_to_json (const NnGanStep *step)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"step\":%" G_GUINT64_FORMAT ",\"epoch\":%u", step->step + 1,
                          step->epoch + 1);
  append (text, "discriminator_loss", step->discriminator_loss);
  append (text, "generator_loss", step->generator_loss);
  append (text, "real", step->real);
  append (text, "generated", step->generated);
  append (text, "gradient", step->gradient);
  return g_string_free (g_string_append_c (text, '}'), FALSE);
}

char *
numeral_gan_epoch_to_json (const NumeralGanEpoch *epoch)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"epoch\":%u", epoch->epoch + 1);
  append (text, "mean_discriminator_loss", epoch->discriminator_loss);
  append (text, "mean_generator_loss", epoch->generator_loss);
  append (text, "mean_real", epoch->real);
  append (text, "mean_generated", epoch->generated);
  append (text, "mean_gradient", epoch->gradient);
  g_string_append (text, ",\"diversity\":[");
  for (guint c = 0; c < epoch->n_classes; c++)
    {
      g_string_append (text, c > 0 ? "," : "");
      numeral_json_append_double (text, epoch->diversity[c]);
    }
  g_string_append_printf (text, "],\"collapsed\":%s",
                          epoch->trouble & NUMERAL_GAN_COLLAPSE ? "true" : "false");
  g_string_append_printf (text, ",\"discriminator_won\":%s",
                          epoch->trouble & NUMERAL_GAN_WON ? "true" : "false");
  append (text, "images_per_second", (double) epoch->n_images / MAX (epoch->seconds, 1e-6));
  return g_string_free (g_string_append_c (text, '}'), FALSE);
}
