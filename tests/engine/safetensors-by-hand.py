#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published safetensors format, read and written by nothing but the standard library.

Independent of Numeral's own code on purpose: what it reads here, other readers read.

  safetensors-by-hand.py forward FILE X0 X1 ...   metadata, shapes and the softmax output, as lines
  safetensors-by-hand.py write FORM DTYPE FILE    a model as PyTorch programs save it
"""
import json
import math
import struct
import sys

CODES = {'F32': 'f', 'F16': 'e'}


def read(path):
    with open(path, 'rb') as file:
        size, = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(size).decode('utf-8'))
        data = file.read()
    assert size % 8 == 0, 'the data are not aligned'
    metadata = header.pop('__metadata__', {})
    assert all(isinstance(v, str) for v in metadata.values())
    tensors, at = {}, 0
    for name, t in header.items():
        begin, end = t['data_offsets']
        assert begin == at, 'the header is not in the order of the data'
        code = CODES[t['dtype']]
        n = math.prod(t['shape'])
        assert end - begin == n * struct.calcsize(code)
        tensors[name] = (t['shape'], struct.unpack(f'<{n}{code}', data[begin:end]))
        at = end
    assert at == len(data)
    return metadata, tensors


def write(path, tensors, dtype, metadata):
    header, data = {}, b''
    if metadata:
        header['__metadata__'] = metadata
    for name, (shape, values) in sorted(tensors.items()):
        part = struct.pack(f'<{len(values)}{CODES[dtype]}', *values)
        header[name] = {'dtype': dtype, 'shape': shape,
                        'data_offsets': [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header).encode('utf-8')
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + data)


def linear(x, weight, bias):
    """torch.nn.functional.linear: y = x W^T + b, W laid out [out, in]."""
    (n_out, n_in), w = weight
    assert len(x) == n_in and bias[0] == [n_out]
    return [sum(x[i] * w[o * n_in + i] for i in range(n_in)) + bias[1][o] for o in range(n_out)]


def forward(path, x):
    metadata, tensors = read(path)
    for key, value in sorted(metadata.items()):
        print('metadata', key, value)
    for name, (shape, _) in tensors.items():
        print('tensor', name, *shape)
    n = len(tensors) // 2
    for i in range(n):
        x = linear(x, tensors[f'layers.{i}.weight'], tensors[f'layers.{i}.bias'])
        if i < n - 1:
            x = [max(0.0, v) for v in x]
    total = sum(math.exp(v) for v in x)
    print('output', *(repr(math.exp(v) / total) for v in x))


def write_model(form, dtype, path):
    """3-4-2 with weight[l][o][i] = l + o/8 + i/64, bias[l][o] = -o, all exact in float16."""
    names = {'sequential': ('0', '2'), 'attributes': ('fc1', 'fc2'), 'list': ('layers.0', 'layers.1')}
    tensors, widths = {}, (3, 4, 2)
    for l, name in enumerate(names[form]):
        n_in, n_out = widths[l], widths[l + 1]
        tensors[name + '.weight'] = ([n_out, n_in], [l + o / 8 + i / 64
                                                     for o in range(n_out) for i in range(n_in)])
        tensors[name + '.bias'] = ([n_out], [-float(o) for o in range(n_out)])
    write(path, tensors, dtype, {'format': 'pt'} if form != 'list' else None)


if __name__ == '__main__':
    if sys.argv[1] == 'forward':
        forward(sys.argv[2], [float(v) for v in sys.argv[3:]])
    else:
        write_model(*sys.argv[2:])
