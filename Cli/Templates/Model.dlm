namespace __NAME__

/// Two convolutions and two fully connected layers for 28x28 images.
model DigitNet(classes: int = 10, dropout: float = 0.25) : [B, 1, 28, 28] -> [B, classes] {
  features: {
    conv(32, 3, pad: 1) -> relu -> maxpool(2)
    conv(64, 3, pad: 1) -> relu -> maxpool(2)
  }
  flatten
  head: {
    linear(128) -> relu -> dropout(dropout)
    linear(classes)
  }
  expect parameters 421_642
}
