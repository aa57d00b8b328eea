/* SPDX-License-Identifier: CC0-1.0 */

/* tanh x = 1 - 2 / (e^2x + 1); near zero, where that cancels, a polynomial is closer. */
static float
numeral_tanh_value (float x)
{
  if (x < 0.1f && x > -0.1f)
    return x * (1.0f - x * x * (1.0f / 3.0f - x * x * (2.0f / 15.0f)));
  return 1.0f - 2.0f / (numeral_exp (2.0f * x) + 1.0f);
}
