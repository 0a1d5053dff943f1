"""Steps PyTorch's AdamW over parameters of the shapes on the first line of standard input; each further line, "default" or "foreach",
is one step, answered by its milliseconds."""
import json
import sys
import time

import torch

order = json.loads(sys.stdin.readline())
torch.set_num_threads(order["threads"])
generator = torch.Generator().manual_seed(0)
optimizers = {}
for name in ("default", "foreach"):
    parameters = [torch.nn.Parameter(torch.randn(shape, generator=generator)) for shape in order["shapes"]]
    for parameter in parameters:
        parameter.grad = torch.randn(parameter.shape, generator=generator)
    optimizers[name] = torch.optim.AdamW(parameters, lr=1e-3, foreach=name == "foreach")
print(torch.__version__, flush=True)
for line in sys.stdin:
    optimizer = optimizers[line.strip()]
    start = time.perf_counter()
    optimizer.step()
    print((time.perf_counter() - start) * 1000, flush=True)
