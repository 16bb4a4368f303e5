// The step of all lines: sums of rows, drive, membranes.
#ifndef NETWORK_STEP_BODY_H
#define NETWORK_STEP_BODY_H

#include "bit_planes.h"
#include "drive.h"
#include "membrane.h"

enum { groups_per_line = network_line_neurons / 32 };

typedef void (*draw_function)(const network_drive *, size_t line, uint64_t first_draw, uint16_t *counts);

// What arrives in a step, and in what form further counts come.
typedef enum { nothing, words, rows_of_excitation_and_bytes, rows_and_bytes, rows_and_words } arrival;

// Sums of rows in a line as bytes: the even bytes of a vector are 32 neurons, the odd ones the 32 that follow. If eight
// bits suffice for both, the inhibitory sums are the upper bits of the excitatory ones.
typedef struct {
  line_bits excitatory[8], inhibitory[8];
} line_sums;

// Counts that come beside the rows of a line, by group of 32 neurons.
typedef struct {
  counts16 *bytes, *excitatory, *inhibitory;
} further_counts;

INLINE counts16 *of_line(uint16_t *counts, size_t line) {
  return counts ? (counts16 *)counts + line * groups_per_line : NULL;
}

INLINE counts16 bytes_of_group(const line_bits *sums, size_t group) {
  const counts16 both = (counts16)sums[group / 2];
  return group & 1 ? both >> 8 : both & 0xff;
}

INLINE bool is_synchronous(const network_inputs *inputs) {
  return inputs->excitatory.row_count > plane_capacity || inputs->inhibitory.row_count > plane_capacity;
}

// In a synchronous step, rows and bytes are added to the words.
INLINE arrival arrival_of(const network_inputs *inputs) {
  const int excited = inputs->excitatory.row_count, inhibited = inputs->inhibitory.row_count;
  if (is_synchronous(inputs)) return words;
  if (!inputs->byte_counts)
    return excited > 0 || inhibited > 0 ? rows_and_words : inputs->excitatory.counts ? words : nothing;
  return inhibited > 0 ? rows_and_bytes : excited > 0 ? rows_of_excitation_and_bytes : nothing;
}

// Adds a line's further counts in bytes to those in words; they become zero.
INLINE void move_bytes(counts16 *bytes, counts16 *excitatory, counts16 *inhibitory) {
  for (size_t group = 0; group < groups_per_line; group++) {
    excitatory[group] += bytes[group] & 0xff;
    inhibitory[group] += bytes[group] >> 8;
    bytes[group] = 0;
  }
}

// Fetches the part of a line in what the next step reads into second-level cache: rows one line at a time, since that
// step reads them so, lists a few at a time.
INLINE void fetch_later(const network_inputs *inputs, size_t line, size_t lines) {
  for (int i = 0; i < inputs->later_row_count; i++)
    __builtin_prefetch(inputs->later_rows[i] + line * sizeof(line_bits), 0, 2);
  const size_t lists = (size_t)inputs->later_list_count;
  for (size_t i = lists * line / lines; i < lists * (line + 1) / lines; i++)
    for (size_t part = 0; part < 3; part++)
      __builtin_prefetch(inputs->later_lists[i] + part * sizeof(line_bits), 0, 2);
}

// Advances a line's neurons by what was drawn and what arrives. Both sums are in the same bytes unless joint_bits, the
// number of the excitatory ones, is negative.
INLINE int advance_line(
  const network_neurons *neurons, size_t line, const uint16_t *drawn, const line_sums *sums, int joint_bits,
  const further_counts *further, membranes membranes, arrival arrival, uint32_t *spikes) {
  const bool joint = joint_bits >= 0;
  const line_bits *inhibitory_sums = joint ? sums->excitatory : sums->inhibitory;
  const counts16 mask = joint ? (uint16_t)((1 << joint_bits) - 1) : 255, shift = joint ? (uint16_t)joint_bits : 0;
  const bool inhibited = arrival != nothing && arrival != rows_of_excitation_and_bytes;
  int count = 0;
  for (size_t group = 0; group < groups_per_line; group += 2) {
    counts16 excitatory[2], inhibitory[2] = {0, 0};
#pragma unroll
    for (size_t half = 0; half < 2; half++) {
      excitatory[half] = ((const counts16 *)drawn)[group + half];
      if (arrival >= rows_of_excitation_and_bytes)
        excitatory[half] += bytes_of_group(sums->excitatory, group + half) & mask;
      if (arrival >= rows_and_bytes) inhibitory[half] = bytes_of_group(inhibitory_sums, group + half) >> shift;
      if (arrival == rows_of_excitation_and_bytes || arrival == rows_and_bytes) {
        excitatory[half] += further->bytes[group + half] & 0xff;
        inhibitory[half] += further->bytes[group + half] >> 8;
        further->bytes[group + half] = 0;
      } else if (arrival != nothing) {
        excitatory[half] += further->excitatory[group + half];
        inhibitory[half] += further->inhibitory[group + half];
        further->excitatory[group + half] = 0;
        further->inhibitory[group + half] = 0;
      }
    }
    const size_t neuron = line * network_line_neurons + 32 * group;
    count += advance(neurons, neuron, excitatory[0], inhibitory[0], membranes, inhibited, spikes + count);
    count += advance(neurons, neuron + 32, excitatory[1], inhibitory[1], membranes, inhibited, spikes + count);
  }
  return count;
}

// The sums of a line's rows; returns the number of bits of the excitatory ones if the inhibitory ones follow them in
// the same bytes, or -1.
static __attribute__((noinline)) int sum_line(
  const network_population *excitatory, const network_population *inhibitory, size_t line, line_sums *sums) {
  const int bits = planes_for(excitatory->row_count);
  const bool joint = bits + planes_for(inhibitory->row_count) <= 8;
  for (int k = 0; k < 8; k++) sums->excitatory[k] = 0;
  sum_rows(excitatory->rows, excitatory->row_count, line, sums->excitatory);
  if (!joint) {
    for (int k = 0; k < 8; k++) sums->inhibitory[k] = 0;
    sum_rows(inhibitory->rows, inhibitory->row_count, line, sums->inhibitory);
    transpose(sums->inhibitory);
  } else if (inhibitory->row_count > 0) {
    sum_rows(inhibitory->rows, inhibitory->row_count, line, sums->excitatory + bits);
  }
  transpose(sums->excitatory);
  return joint ? bits : -1;
}

// Adds rows of a population, more than planes can hold, to its counts, one row after the other: what cannot be fetched
// ahead of the step is best read in the order of memory.
static __attribute__((noinline)) void sum_in_order(
  const network_population *population, size_t lines, line_bits *planes) {
  const uint8_t *const *rows = population->rows;
  counts16 *counts = (counts16 *)population->counts;
  for (int left = population->row_count; left > 0; left -= plane_capacity, rows += plane_capacity) {
    add_rows(rows, left < plane_capacity ? left : plane_capacity, left, lines, planes);
    for (size_t line = 0; line < lines; line++) {
      transpose(planes + 8 * line);
      for (size_t group = 0; group < groups_per_line; group++)
        counts[line * groups_per_line + group] += bytes_of_group(planes + 8 * line, group);
    }
  }
}

// All lines of a step in one form of arrival, with one kind of membranes.
INLINE int step_in(
  const network_neurons *neurons, const network_drive *drive, const network_inputs *inputs, size_t lines,
  uint64_t first_draw, draw_function draw, membranes membranes, arrival arrival, uint32_t *spikes) {
  int count = 0;
  for (size_t line = 0; line < lines; line++) {
    fetch_later(inputs, line, lines);
    counts16 drawn[groups_per_line];
    draw(drive, line, first_draw, (uint16_t *)drawn);

    const further_counts further = {
      of_line(inputs->byte_counts, line), of_line(inputs->excitatory.counts, line),
      of_line(inputs->inhibitory.counts, line)};
    if (arrival == words && inputs->byte_counts) move_bytes(further.bytes, further.excitatory, further.inhibitory);
    line_sums sums;
    int joint_bits = 0;
    if (arrival >= rows_of_excitation_and_bytes)
      joint_bits = sum_line(&inputs->excitatory, &inputs->inhibitory, line, &sums);
    count += advance_line(
      neurons, line, (uint16_t *)drawn, &sums, joint_bits, &further, membranes, arrival, spikes + count);
  }
  return count;
}

// The whole step. Arguments by value: the compiler can keep what they hold in registers.
INLINE int step(
  const network_neurons *neurons, const network_drive *drive, const network_inputs *inputs, size_t lines,
  uint64_t first_draw, draw_function draw, uint32_t *spikes) {
  const network_neurons n = *neurons;
  const network_drive d = *drive;
  if (is_synchronous(inputs)) {
    sum_in_order(&inputs->excitatory, lines, (line_bits *)inputs->planes);
    sum_in_order(&inputs->inhibitory, lines, (line_bits *)inputs->planes);
  }
#define IN_FORM(form)                                                                                           \
  case form:                                                                                                    \
    return n.currents ? step_in(&n, &d, inputs, lines, first_draw, draw, with_currents, form, spikes)           \
           : n.decays ? step_in(&n, &d, inputs, lines, first_draw, draw, different, form, spikes)               \
                      : step_in(&n, &d, inputs, lines, first_draw, draw, alike, form, spikes);
  switch (arrival_of(inputs)) {
    IN_FORM(nothing)
    IN_FORM(words)
    IN_FORM(rows_of_excitation_and_bytes)
    IN_FORM(rows_and_bytes)
    IN_FORM(rows_and_words)
  }
#undef IN_FORM
}

#endif
