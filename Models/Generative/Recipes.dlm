namespace Dlm.Models.Generative

/// The first GAN on MNIST (Goodfellow et al., 2014, section 5). The paper leaves the figures to its code: steps of 100 images with momentum,
/// for 250 epochs.
train GanOnMnist on GanGame {
  optimizer sgd(rate: 0.1, momentum: 0.5)
  batch     100
  epochs    250
}

/// The same pair by the method of those that came after it, which needs a tenth of that (Radford et al., 2015, section 4).
train GanByAdam on GanGame {
  optimizer adam(rate: 2e-4, beta1: 0.5)
  batch     64
  epochs    25
}

/// DCGAN on pictures of bedrooms (Radford et al., 2015, section 4.1).
train DcganOnBedrooms on DcganGame {
  optimizer adam(rate: 2e-4, beta1: 0.5)
  batch     128
  epochs    5
}

/// The same on digits of 32x32.
train DcganOnMnist on DcganGame32 {
  optimizer adam(rate: 2e-4, beta1: 0.5)
  batch     128
  epochs    5
}

/// Wasserstein GAN with clipped weights (Arjovsky et al., 2017, algorithm 1): without momentum, which makes it unstable (section 4.3).
train WganOnMnist on Wgan {
  optimizer rmsprop(rate: 5e-5)
  batch     64
  epochs    50
}

/// With a penalty on the gradient (Gulrajani et al., 2017, algorithm 1).
train WganGpOnMnist on WganGp {
  optimizer adam(rate: 1e-4, beta1: 0, beta2: 0.9)
  batch     64
  epochs    50
}

/// Horses and zebras (Zhu et al., 2017, section 4 and appendix 7.1): the rate stays for a hundred epochs and falls to nothing in a hundred more.
train CycleGanOnHorses on CycleGame {
  optimizer adam(beta1: 0.5)
  rate      2e-4 * 100, linear(2e-4) * 100
  batch     1
}

/// The deep autoencoder on MNIST. Adam goes from random parameters where the paper trains layer by layer first, and then by conjugate gradients
/// (Hinton and Salakhutdinov, 2006).
train AutoencoderOnMnist on Reconstruction {
  optimizer adam(rate: 1e-3)
  batch     128
  epochs    20
}

/// The same shown a half of each image (Vincent et al., 2008, section 2.3).
train DenoisingOnMnist on Reconstruction(removed: 0.5) {
  optimizer adam(rate: 1e-3)
  batch     128
  epochs    20
}

/// The variational autoencoder on MNIST (Kingma and Welling, 2013, section 5): parameters begin small, and Adagrad steps them. Of the rates that
/// the paper chose from, the middle one.
train VaeOnMnist on VariationalBound {
  optimizer adagrad(rate: 0.02)
  batch     100
  epochs    100
  init { linear: normal(0, 0.01), "*.bias": normal(0, 0.01) }
}

/// The same as PyTorch's example trains it.
train VaeByAdam on VariationalBound {
  optimizer adam(rate: 1e-3)
  batch     128
  epochs    10
}
