namespace Dlm.Models.Vision

/// The net that won in 2012 (Krizhevsky et al., 2012, section 3.5 and figure 2): two towers, one for each GPU, which are the two groups of a
/// convolution; only the third looks at both. An image has 227 pixels a side, with which the figure's 55 places come out. The sum of section
/// 3.3 is not divided by its five channels, as local_response_norm's is.
model AlexNet2012(classes: int = 1000, dropout: float = 0.5) : [B, 3, 227, 227] -> [B, classes] {
  features: {
    conv(96, 11, stride: 4) -> relu -> local_response_norm(5, alpha: 5e-4, beta: 0.75, k: 2) -> maxpool(3, stride: 2)
    conv(256, 5, pad: 2, groups: 2) -> relu
    local_response_norm(5, alpha: 5e-4, beta: 0.75, k: 2) -> maxpool(3, stride: 2)
    conv(384, 3, pad: 1) -> relu -> conv(384, 3, pad: 1, groups: 2) -> relu
    conv(256, 3, pad: 1, groups: 2) -> relu -> maxpool(3, stride: 2)
  }
  flatten -> classifier: {
    linear(4096) -> relu -> dropout(dropout)
    linear(4096) -> relu -> dropout(dropout) -> linear(classes)
  }
  init {
    conv, linear: normal(0, 0.01)
    "*.bias": zeros
    "features.4.bias", "features.10.bias", "features.12.bias", "classifier.0.bias", "classifier.3.bias": ones
  }
  expect parameters 60_965_224, macs 0.724G
}
