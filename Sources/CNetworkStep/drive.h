// External Poisson inputs of 512 neurons.
#ifndef NETWORK_DRIVE_H
#define NETWORK_DRIVE_H

#include "lanes.h"

INLINE line_bits rotated(line_bits x, int count) { return (x << count) | (x >> (64 - count)); }

// Eight generators xoshiro256++ side by side (Blackman and Vigna 2021, doi:10.1145/3460772).
INLINE words16 next_words(line_bits *s) {
  const line_bits result = rotated(s[0] + s[3], 23) + s[0];
  const line_bits shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = rotated(s[3], 45);
  return (words16)result;
}

// Replaces the counts in the marked lanes, whose words lie above all cells.
__attribute__((noinline)) static void draw_rest(
  const network_drive *drive, const int16_t *marked, uint64_t draw, uint16_t *counts) {
  for (int lane = 0; lane < 32; lane++)
    if (marked[lane]) counts[lane] = drive->rest(drive->context, draw + (uint64_t)lane);
}

// A comparison gives ones, that is -1, in lanes where it is true. Two vectors share what is read of the cells.
INLINE void draw_line(const network_drive *drive, size_t line, uint64_t first_draw, uint16_t *counts) {
  const uint64_t draw = first_draw + line * network_line_neurons;
  const int cell_count = drive->cell_count;
  const int16_t *last_words = drive->last_words;
  for (size_t first = 0; first < network_line_neurons; first += network_stream_neurons) {
    const size_t number = (line * network_line_neurons + first) / network_stream_neurons;
    line_bits *stream = (line_bits *)drive->streams + 4 * number;
    line_bits state[4] = {stream[0], stream[1], stream[2], stream[3]};
    for (size_t neuron = first; neuron < first + network_stream_neurons; neuron += 64) {
      const words16 a = next_words(state), b = next_words(state);
      counts16 count_a = drive->first_count, count_b = drive->first_count;
      words16 above_a = 0, above_b = 0;
      for (int cell = 0; cell < cell_count; cell++) {
        const words16 last = last_words[cell];
        above_a = a > last;
        above_b = b > last;
        count_a -= (counts16)above_a;
        count_b -= (counts16)above_b;
      }
      counts16 *out = (counts16 *)(counts + neuron);
      out[0] = count_a;
      out[1] = count_b;
      if (__builtin_expect(has_bits((counts16)(above_a | above_b)), 0)) {
        const words16 marked[2] = {above_a, above_b};
        draw_rest(drive, (const int16_t *)&marked[0], draw + neuron, counts + neuron);
        draw_rest(drive, (const int16_t *)&marked[1], draw + neuron + 32, counts + neuron + 32);
      }
    }
    for (int k = 0; k < 4; k++) stream[k] = state[k];
  }
}

#endif
