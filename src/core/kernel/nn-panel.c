/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn-panel.h"

/* A segment's mask is a byte, and eight of them a 64-bit word. */
G_STATIC_ASSERT (NN_SPARSE_SEGMENT == 8);

void
nn_panel_layout_init (NnPanelLayout *layout, guint n_in, guint n_out)
{
  layout->n_in = n_in;
  layout->n_out = n_out;
  layout->n_panels = (n_out + NN_PANEL_WIDTH - 1) / NN_PANEL_WIDTH;
  layout->stride = (n_out + NN_PANEL_GRAIN - 1) / NN_PANEL_GRAIN * NN_PANEL_GRAIN;
  layout->size = (gsize) layout->stride * (n_in + 1);
}

guint
nn_panel_width (const NnPanelLayout *layout, guint panel)
{
  return MIN (NN_PANEL_WIDTH, layout->stride - panel * NN_PANEL_WIDTH);
}

gsize
nn_panel_offset (const NnPanelLayout *layout, guint panel)
{
  return (gsize) panel * NN_PANEL_WIDTH * (layout->n_in + 1);
}

/* In blocks of a cache line of the panel: so many rows of the weights are read side by side, and
 * each line of the panel is written once. */
void
nn_panel_pack (const NnPanelLayout *layout, const float *weight, const float *bias, float *panels)
{
  const gsize n_in = layout->n_in;

  for (guint first = 0; first < layout->stride; first += NN_PANEL_GRAIN)
    {
      const guint p = first / NN_PANEL_WIDTH, width = nn_panel_width (layout, p);
      const guint n = first < layout->n_out ? MIN (NN_PANEL_GRAIN, layout->n_out - first) : 0;
      const float *from = weight + first * n_in;
      float *to = panels + nn_panel_offset (layout, p) + first % NN_PANEL_WIDTH;

      for (gsize j = 0; j < n_in; j++, to += width)
        {
          for (guint c = 0; c < n; c++)
            to[c] = from[c * n_in + j];
          for (guint c = n; c < NN_PANEL_GRAIN; c++)
            to[c] = 0;
        }
      for (guint c = 0; c < NN_PANEL_GRAIN; c++)
        to[c] = c < n ? bias[first + c] : 0;
    }
}

void
nn_panel_unpack (const NnPanelLayout *layout, const float *panels, float *weight, float *bias)
{
  for (guint unit = 0; unit < layout->n_out; unit++)
    {
      guint p = unit / NN_PANEL_WIDTH, c = unit % NN_PANEL_WIDTH;
      guint width = nn_panel_width (layout, p);
      const float *block = panels + nn_panel_offset (layout, p);

      for (guint j = 0; j < layout->n_in; j++)
        weight[(gsize) unit * layout->n_in + j] = block[(gsize) j * width + c];
      bias[unit] = block[(gsize) layout->n_in * width + c];
    }
}

#define LEVEL(name) name##_baseline
#define TARGET
#define LANES 4
#define VECTOR NnVec4
#include "nn-panel-kernels.h"

#ifdef NN_HAS_LEVELS
#define LEVEL(name) name##_avx2
#define TARGET NN_TARGET_AVX2
#define LANES 8
#define VECTOR NnVec8
#include "nn-panel-kernels.h"

#define LEVEL(name) name##_avx512
#define TARGET NN_TARGET_AVX512
#define LANES 16
#define VECTOR NnVec16
#include "nn-panel-kernels.h"
#endif

void
nn_panel_forward (const NnPanelLayout *layout,
                  const float *panels,
                  guint panel,
                  const NnSparseRows *x,
                  const guint32 *indices,
                  gsize first,
                  gsize last,
                  NnSparseColumns *columns,
                  float *z)
{
  NN_CALL_LEVEL (panel_forward, layout, panels, panel, x, indices, first, last, columns, z);
}

void
nn_panel_forward_entries (const NnPanelLayout *layout,
                          const float *panels,
                          guint panel,
                          const NnPanelEntries *x,
                          float *z)
{
  NN_CALL_LEVEL (panel_forward_entries, layout, panels, panel, x, z);
}

void
nn_panel_forward_vector (const NnPanelLayout *layout,
                         const float *panels,
                         guint panel,
                         const guint32 *columns,
                         const float *values,
                         gsize n,
                         float *z)
{
  NN_CALL_LEVEL (panel_forward_vector, layout, panels, panel, columns, values, n, z);
}

void
nn_panel_update (const NnPanelLayout *layout,
                 guint panel,
                 NnOptimizerKind optimizer,
                 const NnUpdate *u,
                 gboolean skip_zero,
                 const NnSparseColumns *x,
                 const float *dz,
                 gsize n_rows,
                 const guint32 *active,
                 gsize n_active,
                 float *panels,
                 float *m,
                 float *v)
{
  NN_CALL_LEVEL (panel_update, layout, panel, optimizer, u, skip_zero, x, dz, n_rows, active,
                 n_active, panels, m, v);
}
