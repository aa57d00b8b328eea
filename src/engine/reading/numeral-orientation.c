/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-orientation.h"

#include "numeral-picture-read.h"

/* Largest share of wrong digits in a picture that can be read, and the smallest in one that cannot:
 * upside down, most digits of a page may look like digits. */
#define FEW_WRONG 0.3
#define MANY_WRONG 0.1
/* The same for fewer digits than SEVERAL, which are soon taken for others when they are turned. */
#define SEVERAL 4
#define FEW_WRONG_ALONE 0.02
#define MANY_WRONG_ALONE 0.5
/* So many times as large must the share be in every other orientation. */
#define MARGIN 3

/* @n: digits that were found; @n_wrong: those that are refused, and how many of the others are
 * expected to be wrong */
typedef struct
{
  guint n;
  double n_wrong;
} Score;

static void
add (Score *score, const NumeralPrediction *prediction)
{
  score->n += prediction->n_digits;
  if (prediction->empty)
    return;
  if (numeral_prediction_is_refused (prediction))
    score->n_wrong += prediction->n_digits;
  else
    score->n_wrong += 1 - numeral_prediction_get_probability (prediction);
}

/* The share of wrong digits; 1 if nothing can be read. */
static double
share_wrong (const Score *score)
{
  return score->n > 0 ? score->n_wrong / score->n : 1;
}

static Score
score_of (const NumeralPrediction *prediction, const NumeralSheet *sheet)
{
  Score score = { 0 };

  if (sheet == NULL)
    add (&score, prediction);
  else if (sheet->problem == NULL)
    for (guint i = 0; i < sheet->n_numbers; i++)
      add (&score, sheet->numbers[i].prediction);
  return score;
}

static Score
score_turned (NumeralReader *reader, NumeralPicture *picture, int degrees)
{
  g_autoptr (NumeralPicture) turned = numeral_picture_turn (picture, degrees, NULL);
  g_autoptr (NumeralPrediction) prediction = NULL;
  g_autoptr (NumeralSheet) sheet = NULL;

  if (turned == NULL)
    return (Score){ 0 };
  prediction = numeral_picture_read (reader, turned, &sheet);
  return score_of (prediction, sheet);
}

/* Whether a picture with the first score can be read, and with the share @others of wrong digits it
 * cannot. */
static gboolean
is_far_better (const Score *score, double others)
{
  const gboolean several = score->n >= SEVERAL;
  const double wrong = share_wrong (score);

  return wrong <= (several ? FEW_WRONG : FEW_WRONG_ALONE) &&
         others >= (several ? MANY_WRONG : MANY_WRONG_ALONE) && others >= MARGIN * wrong;
}

int
numeral_orientation_find (NumeralReader *reader,
                          NumeralPicture *picture,
                          const NumeralPrediction *prediction,
                          const NumeralSheet *sheet)
{
  Score best = score_of (prediction, sheet);
  double others = share_wrong (&best);
  int found = 0;

  if (others < MANY_WRONG)
    return 0;
  for (int degrees = 90; degrees < 360; degrees += 90)
    {
      const Score score = score_turned (reader, picture, degrees);

      if (share_wrong (&score) < share_wrong (&best))
        {
          others = share_wrong (&best);
          best = score;
          found = degrees;
        }
      else if (found != 0)
        others = MIN (others, share_wrong (&score));
    }
  return found != 0 && is_far_better (&best, others) ? found : 0;
}
