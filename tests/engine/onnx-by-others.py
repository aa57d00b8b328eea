#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONNX files as other programs export them, and what they compute.

  onnx-by-others.py write FOLDER       NAME.onnx for each case, images.f32 [N, 784], and
                                       NAME.f32 [N, 10]: its probabilities, computed with NumPy
  onnx-by-others.py check FOLDER       onnx.checker with full checks for each NAME.onnx, and where
                                       there is NAME.f32 OpenCV's results for images.f32, to 1e-5

Exits with 77 if Python has no onnx, NumPy or OpenCV. The graphs follow the exporters: PyTorch 2
(torch.onnx.export), tf2onnx 1.16, skl2onnx 1.16 and the MNIST network of the ONNX model zoo.
"""
import math
import os
import sys

try:
    import cv2
    import numpy as np
    import onnx
    from onnx import TensorProto as T
    from onnx import helper, numpy_helper
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(77)

N = 16


class Graph:
    """A graph in the making: constants have random values of a useful size."""

    def __init__(self, seed, image, opset=13):
        self.random = np.random.default_rng(seed)
        self.nodes, self.constants, self.opset, self.n = [], [], opset, 0
        self.input, self.ir, self.list_constants, self.external = image, 8, False, None
        self.outputs = None

    def constant(self, values, name=None):
        values = np.asarray(values)
        self.n += 1
        name = name or f'onnx::Const_{self.n}'
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def weight(self, *shape, fan=None, dtype=np.float32):
        fan = fan or math.prod(shape[1:])
        return self.constant((self.random.normal(size=shape) * math.sqrt(2 / fan)).astype(dtype))

    def bias(self, n):
        return self.constant(self.random.normal(size=n).astype(np.float32) * .2)

    def add(self, op, *inputs, n_outputs=1, **attributes):
        self.n += 1
        names = [f'/{op}_{self.n}_output_{i}' for i in range(n_outputs)]
        domain = 'ai.onnx.ml' if op == 'ZipMap' else ''
        self.nodes.append(helper.make_node(op, list(inputs), names, name=f'/{op}_{self.n}',
                                           domain=domain, **attributes))
        return names[0]

    def model(self, output, classes=10):
        inputs = [helper.make_tensor_value_info('input', T.FLOAT, self.input)]
        if self.list_constants:
            inputs += [helper.make_tensor_value_info(c.name, c.data_type, c.dims)
                       for c in self.constants]
        outputs = self.outputs or [helper.make_tensor_value_info(output, T.FLOAT, ['N', classes])]
        graph = helper.make_graph(self.nodes, 'main_graph', inputs, outputs, self.constants)
        sets = [helper.make_opsetid('', self.opset), helper.make_opsetid('ai.onnx.ml', 1)]
        model = helper.make_model(graph, opset_imports=sets, producer_name='test')
        model.ir_version = self.ir
        return model


def bn(g, x, n):
    positive = g.constant((g.random.random(n) + .5).astype(np.float32))
    return g.add('BatchNormalization', x, positive, g.bias(n), g.bias(n),
                 g.constant((g.random.random(n) + .5).astype(np.float32)), epsilon=1e-5)


def pytorch_mlp(seed):
    g = Graph(seed, ['batch', 1, 28, 28], 17)
    x = g.add('Flatten', 'input', axis=1)
    x = g.add('Relu', g.add('Gemm', x, g.weight(32, 784), g.bias(32), alpha=1., beta=1., transB=1))
    x = g.add('Gemm', x, g.weight(10, 32), g.bias(10), alpha=1., beta=1., transB=1)
    return g, g.add('LogSoftmax', x, axis=1)


def pytorch_cnn(seed):
    """x.view (x.size (0), -1) becomes five nodes."""
    g = Graph(seed, ['batch', 1, 28, 28], 11)
    size = {'dilations': [1, 1], 'group': 1, 'strides': [1, 1]}
    x = g.add('Conv', 'input', g.weight(4, 1, 3, 3), g.bias(4), kernel_shape=[3, 3],
              pads=[1, 1, 1, 1], **size)
    x = g.add('MaxPool', g.add('Relu', x), kernel_shape=[2, 2], strides=[2, 2], pads=[0, 0, 0, 0])
    x = g.add('Conv', x, g.weight(6, 4, 5, 5), g.bias(6), kernel_shape=[5, 5], pads=[0, 0, 0, 0],
              **size)
    x = g.add('MaxPool', g.add('Relu', x), kernel_shape=[2, 2], strides=[2, 2], ceil_mode=0)
    first = g.add('Gather', g.add('Shape', x), g.constant(np.int64(0)), axis=0)
    first = g.add('Unsqueeze', first, axes=[0])
    minus = g.add('Constant', value=numpy_helper.from_array(np.array([-1])))
    x = g.add('Reshape', x, g.add('Concat', first, minus, axis=0))
    x = g.add('Gemm', x, g.weight(20, 150), g.bias(20), transB=1)
    x = g.add('Dropout', g.add('Relu', x), n_outputs=2)
    return g, g.add('Gemm', x, g.weight(10, 20), g.bias(10), transB=1)


def keras_mlp(seed):
    g = Graph(seed, ['unk__6', 28, 28], 15)
    x = g.add('Reshape', 'input', g.constant(np.array([-1, 784])))
    x = g.add('Add', g.add('MatMul', x, g.weight(784, 32, fan=784)), g.bias(32))
    x = g.add('Tanh', x)
    x = g.add('Add', g.add('MatMul', x, g.weight(32, 10, fan=32)), g.bias(10))
    return g, g.add('Softmax', x)


def keras_cnn(seed):
    """Channels are last outside of the convolutions, and in the rows of the matrix."""
    g = Graph(seed, ['unk__6', 28, 28, 1], 15)
    x = g.add('Transpose', 'input', perm=[0, 3, 1, 2])
    x = g.add('Conv', x, g.weight(5, 1, 3, 3), g.bias(5), auto_pad='VALID', kernel_shape=[3, 3])
    x = g.add('MaxPool', g.add('Relu', x), kernel_shape=[2, 2], strides=[2, 2], auto_pad='VALID')
    x = bn(g, x, 5)
    x = g.add('Conv', x, g.weight(6, 5, 3, 3), g.bias(6), auto_pad='SAME_UPPER')
    x = g.add('Relu', g.add('Transpose', x, perm=[0, 2, 3, 1]))
    x = g.add('Reshape', x, g.constant(np.array([-1, 13 * 13 * 6])))
    x = g.add('Add', g.add('MatMul', x, g.weight(1014, 10, fan=1014)), g.bias(10))
    return g, g.add('Softmax', x, axis=-1)


def sklearn_mlp(seed):
    g = Graph(seed, [None, 784], 15)
    x = g.add('Cast', 'input', to=T.FLOAT)
    x = g.add('Relu', g.add('Add', g.add('MatMul', x, g.weight(784, 24, fan=784)), g.bias(24)))
    x = g.add('Softmax', g.add('Add', g.add('MatMul', x, g.weight(24, 10, fan=24)), g.bias(10)))
    label = g.add('Cast', g.add('Reshape', g.add('ArgMax', x, axis=1),
                                g.constant(np.array([-1]))), to=T.INT64)
    chances = g.add('ZipMap', x, classlabels_int64s=list(range(10)))
    maps = onnx.ValueInfoProto(name=chances)
    maps.type.sequence_type.elem_type.map_type.key_type = T.INT64
    maps.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = T.FLOAT
    g.outputs = [helper.make_tensor_value_info(label, T.INT64, [None]), maps]
    return g, chances


def zoo_mnist(seed):
    """mnist-8.onnx: CNTK's, with its constants among the inputs."""
    g = Graph(seed, [1, 1, 28, 28], 8)
    g.ir, g.list_constants = 3, True
    matrix = g.weight(16, 4, 4, 10, fan=256)
    matrix = g.add('Reshape', matrix, g.constant(np.array([256, 10])))
    x = g.add('Conv', 'input', g.weight(8, 1, 5, 5), kernel_shape=[5, 5], strides=[1, 1],
              auto_pad='SAME_UPPER', group=1, dilations=[1, 1])
    x = g.add('Relu', g.add('Add', x, g.bias((8, 1, 1))))
    x = g.add('MaxPool', x, kernel_shape=[2, 2], strides=[2, 2], pads=[0, 0, 0, 0],
              auto_pad='NOTSET')
    x = g.add('Conv', x, g.weight(16, 8, 5, 5), kernel_shape=[5, 5], strides=[1, 1],
              auto_pad='SAME_UPPER', group=1, dilations=[1, 1])
    x = g.add('Relu', g.add('Add', x, g.bias((16, 1, 1))))
    x = g.add('MaxPool', x, kernel_shape=[3, 3], strides=[3, 3], pads=[0, 0, 0, 0],
              auto_pad='NOTSET')
    x = g.add('Reshape', x, g.constant(np.array([1, 256])))
    g.outputs = None
    return g, g.add('Add', g.add('MatMul', x, matrix), g.bias((1, 10)))


def normalized(seed):
    """The input is scaled and shifted before a convolution with padding, and batch normalization
    follows where no weights can take it up."""
    g = Graph(seed, ['N', 1, 28, 28])
    x = g.add('Sub', 'input', g.constant(np.float32(.1307)))
    x = g.add('Div', x, g.constant(np.array([.3081], np.float32)))
    x = g.add('Conv', x, g.weight(4, 1, 3, 3), pads=[1, 1, 1, 1], kernel_shape=[3, 3])
    x = bn(g, g.add('LeakyRelu', bn(g, x, 4), alpha=.01), 4)
    x = g.add('Conv', x, g.weight(4, 4, 3, 3), g.bias(4), pads=[1, 1, 1, 1], kernel_shape=[3, 3],
              strides=[2, 2])
    x = bn(g, g.add('AveragePool', g.add('Relu', x), kernel_shape=[2, 2], strides=[2, 2]), 4)
    x = g.add('Flatten', x)
    x = bn(g, g.add('Gemm', x, g.weight(12, 196), transB=1), 12)
    x = bn(g, g.add('Relu', x), 12)
    x = g.add('Gemm', x, g.weight(10, 12), g.bias(10), transB=1, alpha=.5, beta=2.)
    return g, g.add('Identity', x)


def windows(seed):
    """Groups, dilation, and padding that is not the same on all sides."""
    g = Graph(seed, ['N', 1, 28, 28])
    x = g.add('Conv', 'input', g.weight(4, 1, 4, 4), g.bias(4), auto_pad='SAME_LOWER',
              kernel_shape=[4, 4], strides=[2, 2])
    x = g.add('Conv', g.add('Relu', x), g.weight(4, 2, 3, 2), pads=[0, 1, 2, 0], group=2,
              kernel_shape=[3, 2])
    x = g.add('Conv', g.add('Relu', x), g.weight(8, 4, 3, 3), g.bias(8), dilations=[2, 2],
              pads=[2, 2, 2, 2], kernel_shape=[3, 3])
    x = g.add('GlobalAveragePool', g.add('Relu', x))
    x = g.add('Conv', x, g.weight(10, 8, 1, 1), g.bias(10))
    return g, g.add('Squeeze', x, g.constant(np.array([2, 3])))


def gelu(seed):
    """As PyTorch writes it before version 20: once with erf, once with tanh."""
    g = Graph(seed, ['N', 784])
    x = g.add('Gemm', 'input', g.weight(16, 784), g.bias(16), transB=1)
    y = g.add('Add', g.add('Erf', g.add('Div', x, g.constant(np.float32(math.sqrt(2))))),
              g.constant(np.float32(1)))
    x = g.add('Mul', g.add('Mul', x, y), g.constant(np.float32(.5)))
    x = g.add('Gemm', x, g.weight(16, 16), g.bias(16), transB=1)
    cube = g.add('Pow', x, g.constant(np.float32(3)))
    inner = g.add('Add', x, g.add('Mul', cube, g.constant(np.float32(.044715))))
    inner = g.add('Tanh', g.add('Mul', inner, g.constant(np.float32(math.sqrt(2 / math.pi)))))
    inner = g.add('Add', inner, g.constant(np.float32(1)))
    x = g.add('Mul', g.add('Mul', x, g.constant(np.float32(.5))), inner)
    return g, g.add('Gemm', x, g.weight(10, 16), g.bias(10), transB=1)


def types(seed):
    """float16 and float64 weights that are cast, one-vs-rest outputs, a transposed constant."""
    g = Graph(seed, ['N', 784])
    half = g.add('Cast', g.weight(16, 784, dtype=np.float16), to=T.FLOAT)
    x = g.add('Sigmoid', g.add('Gemm', 'input', half, g.bias(16), transB=1))
    wide = g.add('Cast', g.weight(10, 16, dtype=np.float64), to=T.FLOAT)
    x = g.add('Add', g.add('MatMul', x, g.add('Transpose', wide, perm=[1, 0])), g.bias(10))
    return g, g.add('Sigmoid', x)


def external(seed):
    """Weights in a file beside the model."""
    g, output = pytorch_mlp(seed)
    g.external = 'external.bin'
    return g, output


def residual(seed):
    g = Graph(seed, ['N', 784])
    x = g.add('Relu', g.add('Gemm', 'input', g.weight(10, 784), transB=1))
    y = g.add('Relu', g.add('Gemm', x, g.weight(10, 10), transB=1))
    return g, g.add('Add', x, y)


def recurrent(seed):
    g, x = pytorch_mlp(seed)
    return g, g.add('Celu', x)


def leaky(seed):
    g, x = pytorch_cnn(seed)
    return g, g.add('LeakyRelu', x, alpha=.3)


def old(seed):
    g, x = pytorch_mlp(seed)
    g.opset = 6
    return g, x


def padded_pool(seed):
    g = Graph(seed, ['N', 1, 28, 28])
    x = g.add('MaxPool', 'input', kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    return g, g.add('Gemm', g.add('Flatten', x), g.weight(10, 196), transB=1)


def outside(seed):
    g, x = external(seed)
    g.external = '../external.bin'
    return g, x


READ = [pytorch_mlp, pytorch_cnn, keras_mlp, keras_cnn, sklearn_mlp, zoo_mnist, normalized, windows,
        gelu, types, external]
REFUSED = [residual, recurrent, leaky, old, padded_pool, outside]


def slide(x, kernel, strides, dilations):
    """[n, c, rows, columns, kernel, kernel]"""
    views = np.lib.stride_tricks.sliding_window_view(
        x, [(k - 1) * d + 1 for k, d in zip(kernel, dilations)], axis=(2, 3))
    return views[:, :, ::strides[0], ::strides[1], ::dilations[0], ::dilations[1]]


def pads_of(a, x, kernel, strides, dilations):
    auto = a.get('auto_pad', b'NOTSET')
    if not auto.startswith(b'SAME'):
        return a.get('pads', [0, 0, 0, 0])
    both = []
    for size, k, s, d in zip(x.shape[2:], kernel, strides, dilations):
        total = max((-(-size // s) - 1) * s + (k - 1) * d + 1 - size, 0)
        both.append((total // 2, total - total // 2)[::-1 if auto.endswith(b'LOWER') else 1])
    return [both[0][0], both[1][0], both[0][1], both[1][1]]


def conv(a, x, w, b=None):
    kernel, strides = w.shape[2:], a.get('strides', [1, 1])
    dilations, group = a.get('dilations', [1, 1]), a.get('group', 1)
    p = pads_of(a, x, kernel, strides, dilations)
    x = np.pad(x, ((0, 0), (0, 0), (p[0], p[2]), (p[1], p[3])))
    parts = [np.einsum('ncijuv,ocuv->noij', slide(xs, kernel, strides, dilations), ws)
             for xs, ws in zip(np.split(x, group, 1), np.split(w, group, 0))]
    y = np.concatenate(parts, 1)
    return y if b is None else y + b.reshape(1, -1, 1, 1)


def pool(op, a, x):
    views = slide(x, a['kernel_shape'], a.get('strides', [1, 1]), [1, 1])
    return views.max((4, 5)) if op == 'MaxPool' else views.mean((4, 5))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def dot_by_channel(x, values):
    return values.reshape((1, -1) + (1,) * (x.ndim - 2))


def compute(op, a, x, *rest):
    """One node, in float64."""
    simple = {
        'Add': np.add, 'Sub': np.subtract, 'Mul': np.multiply, 'Div': np.divide, 'Pow': np.power,
        'MatMul': np.matmul, 'Relu': lambda v: np.maximum(v, 0), 'Tanh': np.tanh,
        'Sigmoid': lambda v: 1 / (1 + np.exp(-v)), 'Erf': np.vectorize(math.erf),
        'Identity': lambda v: v, 'Cast': lambda v: v, 'Dropout': lambda v: v, 'ZipMap': lambda v: v,
        'Softmax': softmax, 'LogSoftmax': lambda v: np.log(softmax(v)),
        'Flatten': lambda v: v.reshape(len(v), -1), 'Shape': lambda v: np.array(v.shape),
        'Gather': lambda v, i: v[i.astype(int)],
        'GlobalAveragePool': lambda v: v.mean((2, 3), keepdims=True),
    }
    if op in simple:
        return simple[op](x, *rest)
    if op in ('Conv', 'MaxPool', 'AveragePool'):
        return conv(a, x, *rest) if op == 'Conv' else pool(op, a, x)
    if op == 'Gemm':
        w = rest[0].T if a.get('transB') else rest[0]
        return a.get('alpha', 1) * x @ w + (a.get('beta', 1) * rest[1] if len(rest) > 1 else 0)
    if op == 'BatchNormalization':
        scale, shift, mean, variance = (dot_by_channel(x, r) for r in rest)
        return scale * (x - mean) / np.sqrt(variance + a['epsilon']) + shift
    if op == 'Reshape':
        return x.reshape([int(v) for v in rest[0]])
    if op == 'Squeeze':
        return x.reshape([s for d, s in enumerate(x.shape) if d not in rest[0]])
    if op == 'Unsqueeze':
        return np.expand_dims(x, tuple(a['axes']))
    if op == 'Transpose':
        return x.transpose(a['perm'])
    if op == 'Concat':
        return np.concatenate([x, *rest])
    if op == 'LeakyRelu':
        return np.where(x > 0, x, a['alpha'] * x)
    raise NotImplementedError(op)


def run(model, images):
    values = {c.name: numpy_helper.to_array(c).astype(np.float64)
              for c in model.graph.initializer}
    shape = [d.dim_value or 1 for d in model.graph.input[0].type.tensor_type.shape.dim]
    values['input'] = images.reshape([-1, *shape[1:]]).astype(np.float64)
    for node in model.graph.node:
        if node.op_type == 'ArgMax':
            break
        a = {x.name: helper.get_attribute_value(x) for x in node.attribute}
        if node.op_type == 'Constant':
            values[node.output[0]] = numpy_helper.to_array(a['value']).astype(np.float64)
        else:
            values[node.output[0]] = compute(node.op_type, a, *(values[i] for i in node.input))
        last = node
    y = values[last.output[0]]
    if last.op_type in ('Softmax', 'LogSoftmax', 'ZipMap'):
        return np.exp(y) if last.op_type == 'LogSoftmax' else y
    return y / y.sum(-1, keepdims=True) if last.op_type == 'Sigmoid' else softmax(y)


def write(folder):
    images = np.random.default_rng(1).random((N, 784)).astype(np.float32)
    images.tofile(os.path.join(folder, 'images.f32'))
    for seed, case in enumerate(READ + REFUSED):
        g, output = case(seed)
        model = g.model(output)
        path = os.path.join(folder, case.__name__ + '.onnx')
        if case in READ:
            onnx.checker.check_model(model, full_check=case is not sklearn_mlp)
            one = case is zoo_mnist
            y = np.concatenate([run(model, x) for x in (np.split(images, N) if one else [images])])
            y.astype(np.float32).tofile(os.path.join(folder, case.__name__ + '.f32'))
        if g.external:
            onnx.save(model, path, save_as_external_data=True, size_threshold=64,
                      location='external.bin')
            if g.external != 'external.bin':
                changed = onnx.load(path, load_external_data=False)
                for tensor in changed.graph.initializer:
                    for entry in tensor.external_data:
                        if entry.key == 'location':
                            entry.value = g.external
                with open(path, 'wb') as file:
                    file.write(changed.SerializeToString())
        else:
            onnx.save(model, path)


def check(folder):
    for file in sorted(os.listdir(folder)):
        name, ending = os.path.splitext(file)
        if ending == '.onnx':
            check_file(os.path.join(folder, file), os.path.join(folder, 'images.f32'),
                       os.path.join(folder, name + '.f32'))


def check_file(path, images, expected):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    if not os.path.exists(expected):
        return
    shape = [d.dim_value or 1 for d in model.graph.input[0].type.tensor_type.shape.dim]
    x = np.fromfile(images, np.float32).reshape([-1, *shape[1:]])
    y = np.fromfile(expected, np.float32).reshape(len(x), -1)
    net = cv2.dnn.readNetFromONNX(path)
    net.setInput(x)
    found = net.forward(model.graph.output[0].name)
    difference = np.abs(found - y).max()
    print(f'# {os.path.basename(path)}: {len(x)} images, largest difference {difference:.1e}')
    if not difference <= 1e-5:
        sys.exit('OpenCV computes other probabilities')


if __name__ == '__main__':
    {'write': write, 'check': check}[sys.argv[1]](*sys.argv[2:])
