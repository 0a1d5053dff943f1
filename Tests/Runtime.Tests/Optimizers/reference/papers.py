"""The methods that PyTorch 1.13 has not, or has wrong, written as their papers state them."""

import torch


class Paper(torch.optim.Optimizer):
    """Hands each parameter that has a gradient, with its state and the number of its step, to `update`."""

    def __init__(self, parameters, **options):
        super().__init__(parameters, options)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                state["step"] = state.get("step", 0) + 1
                self.update(p, p.grad, state, state["step"], group)


def kept(state, name, p):
    return state.setdefault(name, torch.zeros_like(p))


class NAdam(Paper):
    """Dozat (2016), as torch.optim.NAdam since 2.0; 1.13 multiplies the momentum of a step in twice when it looks ahead."""

    def __init__(self, parameters, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, momentum_decay=4e-3):
        super().__init__(parameters, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, momentum_decay=momentum_decay)

    def update(self, p, g, state, step, o):
        b1, b2 = o["betas"]
        g = g + o["weight_decay"] * p
        mean, square = kept(state, "mean", p), kept(state, "square", p)
        mean.mul_(b1).add_(g, alpha=1 - b1)
        square.mul_(b2).addcmul_(g, g, value=1 - b2)
        mu, mu_next = (b1 * (1 - 0.5 * 0.96 ** (t * o["momentum_decay"])) for t in (step, step + 1))
        product = state["product"] = state.get("product", 1.0) * mu
        scale = (square / (1 - b2 ** step)).sqrt() + o["eps"]
        p.sub_(o["lr"] * ((1 - mu) / (1 - product) * g + mu_next / (1 - product * mu_next) * mean) / scale)


class Lion(Paper):
    """Chen et al. (2023), algorithm 2."""

    def __init__(self, parameters, lr=1e-4, betas=(0.9, 0.99), weight_decay=0):
        super().__init__(parameters, lr=lr, betas=betas, weight_decay=weight_decay)

    def update(self, p, g, state, step, o):
        b1, b2 = o["betas"]
        mean = kept(state, "mean", p)
        p.sub_(o["lr"] * (torch.sign(b1 * mean + (1 - b1) * g) + o["weight_decay"] * p))
        mean.mul_(b2).add_(g, alpha=1 - b2)


class Lamb(Paper):
    """You et al. (2020), algorithm 2, phi the identity."""

    def __init__(self, parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.01):
        super().__init__(parameters, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay)

    def update(self, p, g, state, step, o):
        b1, b2 = o["betas"]
        mean, square = kept(state, "mean", p), kept(state, "square", p)
        mean.mul_(b1).add_(g, alpha=1 - b1)
        square.mul_(b2).addcmul_(g, g, value=1 - b2)
        r = (mean / (1 - b1 ** step)) / ((square / (1 - b2 ** step)).sqrt() + o["eps"])
        update = r + o["weight_decay"] * p
        size, length = p.norm().item(), update.norm().item()
        p.sub_(o["lr"] * (size / length if size > 0 and length > 0 else 1) * update)


class Lars(Paper):
    """You, Gitman and Ginsburg (2017), algorithm 1."""

    def __init__(self, parameters, lr, momentum=0.9, weight_decay=0, trust=1e-3, eps=1e-8):
        super().__init__(parameters, lr=lr, momentum=momentum, weight_decay=weight_decay, trust=trust, eps=eps)

    def update(self, p, g, state, step, o):
        velocity = kept(state, "velocity", p)
        size, slope = p.norm().item(), g.norm().item()
        local = o["trust"] * size / (slope + o["weight_decay"] * size + o["eps"]) if size > 0 and slope > 0 else 1
        velocity.mul_(o["momentum"]).add_(g + o["weight_decay"] * p, alpha=o["lr"] * local)
        p.sub_(velocity)
