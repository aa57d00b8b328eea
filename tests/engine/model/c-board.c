/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program for a Cortex-M without an operating system or a C library: reads the digits of images.h
 * and prints, through the debugger (semihosting), a line for each: the answer and the bits of the
 * probabilities; then the bytes of the stack that were used. */

#include <stddef.h>
#include <stdint.h>

/* uint8_t images[N_IMAGES][784] */
#include "images.h"

int numeral_read (const uint8_t image[784], float probabilities[10]);
void *memcpy (void *to, const void *from, size_t n);
void *memset (void *to, int value, size_t n);
void reset (void);

/* The linker's. */
extern uint32_t bss_start, bss_end, stack_start, stack_end;

#define PAINT 0xa5a5a5a5u
#define WRITE0 0x04
#define EXIT 0x18
#define EXITED 0x20026

static void
call (uint32_t operation, const void *argument)
{
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;

  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

/* The compiler calls them. */
void *
memcpy (void *to, const void *from, size_t n)
{
  volatile uint8_t *t = to;
  const uint8_t *f = from;

  while (n-- > 0)
    *t++ = *f++;
  return to;
}

void *
memset (void *to, int value, size_t n)
{
  volatile uint8_t *t = to;

  while (n-- > 0)
    *t++ = (uint8_t) value;
  return to;
}

static void
print (uint32_t number, const char *end)
{
  static const char digits[] = "0123456789abcdef";
  char text[9];

  for (int i = 0; i < 8; i++)
    text[i] = digits[number >> (28 - 4 * i) & 15];
  text[8] = '\0';
  call (WRITE0, text);
  call (WRITE0, end);
}

static void
read_all (void)
{
  for (size_t i = 0; i < sizeof images / sizeof *images; i++)
    {
      float probabilities[10];
      uint32_t bits[10];

      print ((uint32_t) numeral_read (images[i], probabilities), "");
      memcpy (bits, probabilities, sizeof bits);
      for (int c = 0; c < 10; c++)
        print (bits[c], c < 9 ? "" : "\n");
    }
}

void
reset (void)
{
  volatile uint32_t *word = &bss_start;

  while (word < &bss_end)
    *word++ = 0;
  /* Nothing below the frame of this function is in use yet. */
  for (word = &stack_start; word < (uint32_t *) __builtin_frame_address (0) - 16; word++)
    *word = PAINT;
  read_all ();
  for (word = &stack_start; *word == PAINT; word++)
    ;
  print ((uint32_t) ((const uint8_t *) &stack_end - (const volatile uint8_t *) word), "\n");
  call (EXIT, (const void *) EXITED);
}

extern const void *const vectors[2];
__attribute__ ((section (".vectors"), used))
const void *const vectors[2] = { &stack_end, (const void *) reset };
