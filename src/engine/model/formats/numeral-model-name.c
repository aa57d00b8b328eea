/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-model-name.h"

#include <string.h>

int
numeral_model_name_compare (const char *x, const char *y)
{
  while (*x != '\0' && *y != '\0')
    if (g_ascii_isdigit (*x) && g_ascii_isdigit (*y))
      {
        gsize n, m;

        while (x[0] == '0' && g_ascii_isdigit (x[1]))
          x++;
        while (y[0] == '0' && g_ascii_isdigit (y[1]))
          y++;
        n = strspn (x, "0123456789");
        m = strspn (y, "0123456789");
        if (n != m)
          return n < m ? -1 : 1;
        for (; n > 0; n--, x++, y++)
          if (*x != *y)
            return *x < *y ? -1 : 1;
      }
    else if (*x != *y)
      return *x < *y ? -1 : 1;
    else
      {
        x++;
        y++;
      }
  return (*x != '\0') - (*y != '\0');
}

char *
numeral_model_name_of (const char *tensor)
{
  static const char *const ends[] = { "weight",      "kernel",      "bias",
                                      "gamma",       "beta",        "running_mean",
                                      "running_var", "moving_mean", "moving_variance" };
  gsize length = strlen (tensor);

  if (length > 2 && g_str_has_suffix (tensor, ":0"))
    length -= 2;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const gsize end = strlen (ends[i]);

      if (length < end || strncmp (tensor + length - end, ends[i], end) != 0)
        continue;
      length -= end;
      while (length > 0 && strchr ("./_-", tensor[length - 1]) != NULL)
        length--;
      return g_strndup (tensor, length);
    }
  if (strchr ("wWbB", tensor[0]) != NULL && (length == 1 || g_ascii_isdigit (tensor[1])))
    return g_strndup (tensor + 1, length - 1);
  return g_strndup (tensor, length);
}
