namespace Dlm.Models.Generative

/// Sets a part of the input to zero, as an autoencoder that is to remove noise sees it (Vincent et al., 2008, section 2.3).
fn masked(x, part: float) = where(rand_like(x) < part, 0, x)

/// The deep autoencoder of Hinton and Salakhutdinov (2006), with ReLU where the paper has logistic units that it trains layer by layer.
/// Gives the code and the logits of the pixels; fed with what <c>masked</c> left, it is a denoising autoencoder.
model Autoencoder(size: int = 30) : (image: [B, 1, 28, 28]) -> (logits: [B, 1, 28, 28], code: [B, size]) {
  code = image -> flatten -> encoder: {
    linear(1000) -> relu
    linear(500) -> relu
    linear(250) -> relu
    linear(size)
  }
  logits = code -> decoder: {
    linear(250) -> relu
    linear(500) -> relu
    linear(1000) -> relu
    linear(784)
  }
  (logits -> reshape(-1, 1, 28, 28), code)
  expect parameters 2_837_314
}

/// What an image says of its cause: a normal distribution (Kingma and Welling, 2013, appendix C.2), by its mean and the logarithm of its
/// variance. The names are those of PyTorch's example.
model VaeEncoder(hidden: int = 400, latent: int = 20)
    : (image: [B, 1, 28, 28]) -> (mean: [B, latent], log_variance: [B, latent]) {
  h = image -> flatten -> fc1: linear(hidden) -> relu
  (h -> fc21: linear(latent), h -> fc22: linear(latent))
  expect parameters 330_040
}

/// What a cause says of the image (appendix C.1): a logit for each pixel.
model VaeDecoder(hidden: int = 400, latent: int = 20) : [B, latent] -> [B, 1, 28, 28] {
  fc3: linear(hidden) -> relu
  fc4: linear(784) -> reshape(-1, 1, 28, 28)
  expect parameters 322_784
}

/// The variational autoencoder (Kingma and Welling, 2013, section 3): a cause is drawn so that gradients pass through it, from noise that is
/// given or drawn.
model Vae(hidden: int = 400, latent: int = 20)
    : (image: [B, 1, 28, 28], noise: [B, latent]?)
    -> (logits: [B, 1, 28, 28], mean: [B, latent], log_variance: [B, latent]) {
  (mean, log_variance) = image -> encoder: VaeEncoder(hidden, latent)
  z = mean + exp(log_variance / 2) * (if noise then noise else randn_like(mean))
  (z -> decoder: VaeDecoder(hidden, latent), mean, log_variance)
  expect parameters 652_824
}

/// Brings back the image, of which a part may be taken away first.
objective Reconstruction(net: Autoencoder, removed: float = 0) : (image: [B, 1, 28, 28]) {
  (logits, _code) = masked(image, removed) -> net
  minimize net: bce_with_logits(logits, image)
}

/// The lower bound of the likelihood (Kingma and Welling, 2013, equation 10), for a sample: what the image costs given its cause, and how far the
/// distribution of causes is from the standard normal one (appendix B).
objective VariationalBound(encoder: VaeEncoder, decoder: VaeDecoder) : (image: [B, 1, 28, 28]) {
  (mean, log_variance) = image -> encoder
  logits = mean + exp(log_variance / 2) * randn_like(mean) -> decoder
  reconstruction = bce_with_logits(logits, image, reduction: "sum") / B
  divergence = -0.5 * sum(1 + log_variance - mean ** 2 - exp(log_variance)) / B
  minimize encoder, decoder: reconstruction + divergence
  metric kl = divergence
}
