namespace class.event

/// Every name here means something to C# or to TorchSharp: */ <summary> & "quotes" \ {0}
model string(int: int = 2, tensor: float = 0.5, this: bool = true, classes: int = 8) : (forward: [B, 1, 28, 28]) -> [B, int] {
  forward: conv(classes, 3, bias: this) -> batchnorm -> relu
  to: { conv(8, 3) -> relu -> dropout(tensor) }
  training: { conv(8, 3, pad: 1) } -> dropout
  internal_buffers: maxpool(2)
  flatten
  parameters: linear(int * 4) -> tanh
  RegisterComponents: linear(int + 6) -> relu
  deviceType: linear(classes / 2) -> leaky_relu(tensor)
  FloorDivide: linear(int)
}

model void(var: int = 1) : [Tensor, 4] -> [Tensor, var] { linear(var) }

model Größe : [B, 4] -> [B, 2] {
  größe: linear(3) -> Ünïcode: linear(2)
}
