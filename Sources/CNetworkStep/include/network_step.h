// One time step of a network, given the spikes that arrive: bit rows are summed, external inputs drawn, membranes
// advanced and the neurons that fire written down, for 512 neurons (a "line": the bits of a cache line) at a time.
//
// In C because clang compiles these functions once for every instruction set, and one program chooses among them when
// it starts, which Swift cannot express. All versions give the same bits.
#ifndef NETWORK_STEP_H
#define NETWORK_STEP_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

enum { network_line_neurons = 512, network_stream_neurons = 256 };

// External inputs: one 16-bit word per neuron and step from sequential streams, compared with the ends of cells.
typedef struct {
  // xoshiro256++, eight lanes side by side: 32 words of state for each 256 neurons.
  uint64_t *streams;
  // The count of a word up to last_words[0], read as a signed number; one more for each that it exceeds.
  uint16_t first_count;
  int cell_count;
  const int16_t *last_words;
  // The count for the few words that exceed all, by the number of the draw.
  uint16_t (*rest)(const void *context, uint64_t draw);
  const void *context;
} network_drive;

// Membranes. Of each 32 neurons the 16 even ones' values are stored before those of the odd ones: then a 32-bit lane of
// counts holds an even neuron in its lower and an odd neuron in its upper half, and widening takes a mask or a shift.
typedef struct {
  // Relative to rest in mV. Padding is at minus infinity and never fires.
  float *potentials;
  // Steps for which each neuron remains clamped, in the order of neurons.
  uint16_t *clamped;
  float excitatory_weight, inhibitory_weight, reset;
  // exp(-dt/tau_m), threshold and refractory period in steps of all neurons,
  float decay, threshold;
  uint16_t refractory_steps;
  // or of each, the last in the order of neurons.
  const float *_Nullable decays;
  const float *_Nullable thresholds;
  const uint16_t *_Nullable each_refractory_steps;
  // Synaptic currents in mV, the charge that is still to come; null if inputs arrive at once. With them each neuron has
  // properties of its own, and the share of its current that its potential takes up in a step.
  float *_Nullable currents;
  const float *_Nullable transfers;
  // exp(-dt/tau_syn).
  float current_decay;
} network_neurons;

// Rows with a bit for each target that arrive from one population. Six more pointers to a row without bits follow.
typedef struct {
  const uint8_t *_Nullable const *_Nullable rows;
  int row_count;
  // Further counts, by neuron; they become zero. Needed for more than 252 rows, or if byte_counts is null.
  uint16_t *_Nullable counts;
} network_population;

// What arrives in a step.
typedef struct {
  network_population excitatory, inhibitory;
  // Further counts that come with rows, in place of those of populations if none can exceed 255: by neuron, excitatory
  // ones in the lower, inhibitory ones in the upper byte; they become zero.
  uint16_t *_Nullable byte_counts;
  // Room for eight lines of bits for each line, needed for more than 252 rows.
  uint64_t *_Nullable planes;
  // Rows, and lists of up to three cache lines, that the next step reads: they are fetched meanwhile.
  const uint8_t *_Nullable const *_Nullable later_rows;
  int later_row_count;
  const uint8_t *_Nullable const *_Nullable later_lists;
  int later_list_count;
} network_inputs;

// The functions for one instruction set.
typedef struct {
  const char *name;
  // Writes the external inputs of the neurons of a line; their draws are numbered from first_draw + 512 line on.
  void (*draw)(const network_drive *, size_t line, uint64_t first_draw, uint16_t *counts);
  // Advances all lines by one step; writes the ids of neurons that fire in increasing order, returns their number.
  int (*step)(
    const network_neurons *, const network_drive *, const network_inputs *, size_t lines, uint64_t first_draw,
    uint32_t *spikes);
} network_kernels;

// The functions for the instruction set of an index, the plainest at 0; null if this machine lacks it.
const network_kernels *_Nullable network_kernels_at(int index);

#pragma clang assume_nonnull end
#endif
