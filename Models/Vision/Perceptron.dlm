namespace Dlm.Models.Vision

/// Logistic regression on 28x28 images: a single layer, whose softmax is in the loss.
model LogisticRegression(classes: int = 10) : [B, 1, 28, 28] -> [B, classes] {
  flatten -> linear(classes)
  expect parameters 7_850
}

/// A perceptron with one hidden layer (Nielsen, "Neural Networks and Deep Learning", chapter 1, with ReLU).
model Perceptron(hidden: int = 128, classes: int = 10) : [B, 1, 28, 28] -> [B, classes] {
  flatten
  linear(hidden) -> relu
  linear(classes)
  expect parameters 101_770
}
