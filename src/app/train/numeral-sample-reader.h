/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ink-tensor.h"
#include "numeral-batch.h"
#include "numeral-prediction.h"

G_BEGIN_DECLS

/* Five by five: as many as a person can take in at a glance. */
#define NUMERAL_SAMPLE_READER_N 25

#define NUMERAL_TYPE_SAMPLE_READER (numeral_sample_reader_get_type ())
G_DECLARE_FINAL_TYPE (NumeralSampleReader, numeral_sample_reader, NUMERAL, SAMPLE_READER, GObject)

/**
 * NumeralSampleReader:
 *
 * Reads the same few samples with every new network, as one batch, in a thread. A network that
 * arrives while the thread is busy waits, and a newer one replaces it.
 *
 * Signals: "read" (): all samples have been read by one network.
 */
NumeralSampleReader *numeral_sample_reader_new (void);

/* @tensors: [n, 784], copied; @n up to NUMERAL_SAMPLE_READER_N. */
void numeral_sample_reader_set_samples (NumeralSampleReader *self, const float *tensors, guint n);
void numeral_sample_reader_set_network (NumeralSampleReader *self, NnNetwork *network);
/* -1 before the sample is read. */
int numeral_sample_reader_get_answer (NumeralSampleReader *self, guint i);

G_END_DECLS
