/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-explain-network.h"

struct _NumeralExplainNetwork
{
  AdwBin parent_instance;

  NumeralLab *lab; /* (nullable) */
  gboolean shown;
};

enum
{
  PROP_LAB = 1,
  PROP_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NumeralExplainNetwork, numeral_explain_network, ADW_TYPE_BIN)

static void
set_lab (NumeralExplainNetwork *self, NumeralLab *lab)
{
  if (!lab || self->lab)
    return;
  self->lab = g_object_ref (lab);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAB]);
}

static void
set_shown (NumeralExplainNetwork *self, gboolean shown)
{
  if (self->shown == shown)
    return;
  self->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
numeral_explain_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (object);

  if (id == PROP_LAB)
    g_value_set_object (value, self->lab);
  else if (id == PROP_SHOWN)
    g_value_set_boolean (value, self->shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_explain_network_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  NumeralExplainNetwork *self = NUMERAL_EXPLAIN_NETWORK (object);

  if (id == PROP_LAB)
    set_lab (self, g_value_get_object (value));
  else if (id == PROP_SHOWN)
    set_shown (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
numeral_explain_network_dispose (GObject *object)
{
  g_clear_object (&NUMERAL_EXPLAIN_NETWORK (object)->lab);
  G_OBJECT_CLASS (numeral_explain_network_parent_class)->dispose (object);
}

static void
numeral_explain_network_class_init (NumeralExplainNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_explain_network_get_property;
  object_class->set_property = numeral_explain_network_set_property;
  object_class->dispose = numeral_explain_network_dispose;

  properties[PROP_LAB] = g_param_spec_object ("lab", NULL, NULL, NUMERAL_TYPE_LAB, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), NUMERAL_RESOURCES
                                               "/ui/explain/numeral-explain-network.ui");
}

static void
numeral_explain_network_init (NumeralExplainNetwork *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
