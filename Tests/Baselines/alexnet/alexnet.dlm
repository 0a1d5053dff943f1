namespace Dlm.Models.Vision

/// AlexNet in the single-tower form of "One weird trick" (Krizhevsky, 2014).
model AlexNet(classes: int = 1000, dropout: float = 0.5, hidden: int = 4096) : [B, 3, H, W] -> [B, classes] {
  features: {
    conv(64, 11, stride: 4, pad: 2) -> relu -> maxpool(3, stride: 2)
    conv(192, 5, pad: 2) -> relu -> maxpool(3, stride: 2)
    conv(384, 3, pad: 1) -> relu -> conv(256, 3, pad: 1) -> relu
    conv(256, 3, pad: 1) -> relu -> maxpool(3, stride: 2)
  }
  adaptive_avgpool(6) -> flatten -> classifier: {
    dropout(dropout) -> linear(hidden) -> relu
    dropout(dropout) -> linear(hidden) -> relu -> linear(classes)
  }
  expect parameters 61_100_840, macs 0.714G
}
