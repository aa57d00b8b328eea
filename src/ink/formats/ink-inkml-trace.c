/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-inkml-trace.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* How the values of a channel are encoded, until the next prefix. */
typedef enum
{
  EXPLICIT,    /* ! */
  VELOCITY,    /* ': difference from the previous value */
  ACCELERATION /* ": difference from the previous difference */
} Order;

typedef struct
{
  Order order;
  double value;
  double velocity;
  double acceleration;
} ChannelState;

InkmlFormat *
inkml_format_new (void)
{
  return g_rc_box_new0 (InkmlFormat);
}

InkmlFormat *
inkml_format_new_default (void)
{
  InkmlFormat *format = inkml_format_new ();

  inkml_format_add (format, &(InkmlChannel){ .kind = INKML_CHANNEL_X, .factor = 1 }, TRUE, NULL);
  inkml_format_add (format, &(InkmlChannel){ .kind = INKML_CHANNEL_Y, .factor = 1 }, TRUE, NULL);
  return format;
}

gboolean
inkml_format_add (InkmlFormat *format,
                  const InkmlChannel *channel,
                  gboolean regular,
                  GError **error)
{
  if (format->n_channels == INKML_MAX_CHANNELS)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                   _ ("the InkML file has a trace format of more than %d channels"),
                   INKML_MAX_CHANNELS);
      return FALSE;
    }
  if (regular)
    {
      /* In a point the regular channels come first, in any order of declaration. */
      memmove (&format->channels[format->n_regular + 1], &format->channels[format->n_regular],
               (format->n_channels - format->n_regular) * sizeof (InkmlChannel));
      format->channels[format->n_regular++] = *channel;
    }
  else
    format->channels[format->n_channels] = *channel;
  format->n_channels++;
  return TRUE;
}

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return p;
}

static gboolean
refuse_token (const char *p, GError **error)
{
  const char *word = *p == '+' || *p == '-' ? p + 1 : p;

  if (g_ascii_strncasecmp (word, "nan", 3) == 0 || g_ascii_strncasecmp (word, "inf", 3) == 0)
    g_set_error_literal (error, INK_ERROR, INK_ERROR_VALUE,
                         _ ("the InkML file has a coordinate that is not a finite number"));
  else if (*p == '\0')
    g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                         _ ("the InkML file has a trace that ends where a value should be"));
  else
    g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                 _ ("the InkML file has “%.*s” in a trace where a value should be"),
                 (int) (g_utf8_next_char (p) - p), p);
  return FALSE;
}

/* A number at *@p: decimal with an optional exponent, or # and hexadecimal digits. */
static gboolean
read_number (const char **p, double *number, GError **error)
{
  const char *digits = *p;
  gboolean negative = FALSE;
  char *end;

  if (*digits == '-' || *digits == '+')
    {
      negative = *digits == '-';
      digits = skip_space (digits + 1);
    }
  if (*digits == '#' && g_ascii_isxdigit (digits[1]))
    {
      *number = 0.0;
      for (digits++; g_ascii_isxdigit (*digits); digits++)
        *number = *number * 16.0 + g_ascii_xdigit_value (*digits);
      end = (char *) digits;
    }
  else if ((g_ascii_isdigit (*digits) || (*digits == '.' && g_ascii_isdigit (digits[1]))) &&
           /* strtod() would parse it as a hexadecimal number of C. */
           !(digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')))
    *number = g_ascii_strtod (digits, &end);
  else
    return refuse_token (*p, error);

  if (negative)
    *number = -*number;
  *p = end;
  return TRUE;
}

/* One value at *@p for the channel whose state is @state. @known is %FALSE for "?". */
static gboolean
read_value (const char **p, ChannelState *state, gboolean first, gboolean *known, GError **error)
{
  const double before = state->value;
  double number;

  *known = TRUE;
  switch (**p)
    {
    case '!':
      state->order = EXPLICIT;
      *p = skip_space (*p + 1);
      break;
    case '\'':
      state->order = VELOCITY;
      *p = skip_space (*p + 1);
      break;
    case '"':
      state->order = ACCELERATION;
      *p = skip_space (*p + 1);
      break;
    default:
      break;
    }

  switch (**p)
    {
    case '?':
      *known = FALSE;
      ++*p;
      return TRUE;
    case '*':
      /* As before: the value stays, or goes on changing as it did. */
      ++*p;
      if (state->order == ACCELERATION)
        state->velocity += state->acceleration;
      if (state->order != EXPLICIT)
        state->value += state->velocity;
      break;
    case 'T':
    case 'F':
      state->value = **p == 'T';
      ++*p;
      break;
    default:
      if (!read_number (p, &number, error))
        return FALSE;
      if (state->order == ACCELERATION)
        {
          state->acceleration = number;
          state->velocity += number;
          state->value += state->velocity;
        }
      else
        state->value = state->order == VELOCITY ? state->value + number : number;
    }
  /* A difference that follows takes up from the motion so far, however that was written. */
  state->velocity = first ? 0.0 : state->value - before;

  /* Drawings hold single precision. */
  if (!isfinite ((float) state->value))
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_VALUE,
                           _ ("the InkML file has a coordinate that is too large for a number"));
      return FALSE;
    }
  return TRUE;
}

static void
set_value (InkmlPoint *point, const InkmlChannel *channel, double value)
{
  switch (channel->kind)
    {
    case INKML_CHANNEL_X:
      point->x = value * channel->factor;
      break;
    case INKML_CHANNEL_Y:
      point->y = value * channel->factor;
      break;
    case INKML_CHANNEL_F:
      if (channel->max > channel->min)
        value = MIN ((value - channel->min) / (channel->max - channel->min), 1.0);
      point->force = MAX (value, 0.0);
      break;
    case INKML_CHANNEL_T:
      point->time = value * channel->factor;
      break;
    case INKML_CHANNEL_OTHER:
      break;
    }
}

/* The values of one point, up to the comma or the end. */
static gboolean
read_point (const InkmlFormat *format,
            ChannelState *states,
            gboolean first,
            const char **p,
            InkmlPoint *point,
            gboolean *has_place,
            GError **error)
{
  ChannelState beyond = { 0 };
  guint n = 0;

  *point = (InkmlPoint){ .force = -1.0 };
  *has_place = TRUE;
  for (; **p != ',' && **p != '\0'; n++)
    {
      const gboolean declared = n < format->n_channels;
      gboolean known;

      if (!read_value (p, declared ? &states[n] : &beyond, first, &known, error))
        return FALSE;
      if (declared && known)
        set_value (point, &format->channels[n], states[n].value);
      else if (declared && (format->channels[n].kind == INKML_CHANNEL_X ||
                            format->channels[n].kind == INKML_CHANNEL_Y))
        *has_place = FALSE;
      *p = skip_space (*p);
    }
  if (n < format->n_regular)
    {
      g_set_error (error, INK_ERROR, INK_ERROR_FORMAT,
                   _ ("the InkML file has a point of %u values in a trace whose format has %u"), n,
                   format->n_regular);
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_x_and_y (const InkmlFormat *format)
{
  gboolean x = FALSE, y = FALSE;

  for (guint i = 0; i < format->n_regular; i++)
    {
      x |= format->channels[i].kind == INKML_CHANNEL_X;
      y |= format->channels[i].kind == INKML_CHANNEL_Y;
    }
  return x && y;
}

gboolean
inkml_trace_decode (
    const InkmlFormat *format, const char *text, GArray *points, guint max_points, GError **error)
{
  ChannelState states[INKML_MAX_CHANNELS] = { 0 };
  const char *p = skip_space (text);
  gboolean first = TRUE;

  if (!has_x_and_y (format))
    {
      g_set_error_literal (error, INK_ERROR, INK_ERROR_FORMAT,
                           _ ("the InkML file has a trace format without the channels X and Y"));
      return FALSE;
    }
  /* A comma may end the last point too. */
  while (*p != '\0')
    {
      InkmlPoint point;
      gboolean has_place;

      if (!read_point (format, states, first, &p, &point, &has_place, error))
        return FALSE;
      first = FALSE;
      if (*p == ',')
        p = skip_space (p + 1);
      if (!has_place)
        continue;
      if (points->len >= max_points)
        {
          g_set_error (error, INK_ERROR, INK_ERROR_TOO_LARGE,
                       _ ("the InkML file has more than %u points"), max_points);
          return FALSE;
        }
      g_array_append_val (points, point);
    }
  return TRUE;
}
