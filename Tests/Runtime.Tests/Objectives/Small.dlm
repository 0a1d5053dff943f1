namespace Dlm.Runtime.Tests.Objectives

/// Makes points of noise.
model Maker : [B, 3] -> [B, 4] {
  linear(6) -> tanh -> linear(4)
}

/// Scores points.
model Scorer : [B, 4] -> [B, 1] {
  linear(5) -> tanh -> linear(1)
}

/// What makes points of points.
model Mover : [B, 4] -> [B, 4] {
  linear(4)
}

/// Wasserstein's game with a gradient penalty, a smoothed distance, and a generator that is stepped every other time.
objective PenalizedGame(maker: Maker, scorer: Scorer, slow: frozen Scorer, penalty: float = 10) : (real: [B, 4]) {
  buffer level: [] = 0.5
  fake = randn(B, 3) -> maker
  share = rand(B, 1)
  between = share * real + (1 - share) * stop(fake)
  slope = norm(gradient(between -> scorer, between), dim: 1)
  distance = mean(real -> scorer) - mean(stop(fake) -> scorer)
  minimize scorer: penalty * mean((slope - 1) ** 2) - distance, clip: 0.5
  ema scorer -> slow, 0.9
  level = 0.9 * level + 0.1 * stop(distance)
  metric smooth = level
  metric slowly = mean(real -> slow)
  every 2: {
    minimize maker: -mean(randn(B, 3) -> maker -> scorer)
  }
}

/// Clipped weights, two networks in one step, and a step that leaves its graph to the next.
objective ClampedGame(there: Mover, back: Mover, critic: Scorer) : (real: [B, 4]) {
  moved = real -> there
  cycle = l1(moved -> back, real)
  minimize critic: mean(stop(moved) -> critic) - mean(real -> critic)
  clamp critic, 0.2
  minimize there, back: cycle - mean(moved -> critic)
}

/// Follows a copy of itself.
objective Follow(net: Mover, target: frozen Mover, rate: float = 0.5, period: int = 3) : (x: [B, 4], y: [B, 4]) {
  goal = y + rate * (x -> target)
  guess = x -> net
  error = mse(guess, goal)
  minimize net: error
  output missed = mean(abs(goal - guess), dim: 1)
  every period: copy net -> target
}
