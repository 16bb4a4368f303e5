// The exact step of 32 membranes on the time grid, with the semantics of NEST's iaf_psc_delta:
// V <- V exp(-dt/tau_m) + (J n_E + (-g J) n_I); a spike where V >= theta; then V rests at the reset potential for the
// refractory period and inputs are lost. Or, with synaptic currents, with those of iaf_psc_exp:
// V <- V exp(-dt/tau_m) + I P, then I <- I exp(-dt/tau_syn) + (J n_E + (-g J) n_I), in the refractory period as well.
#ifndef NETWORK_MEMBRANE_H
#define NETWORK_MEMBRANE_H

#include "lanes.h"

// Bit i of x at place 2 i.
INLINE uint32_t spread_bits(uint32_t x) {
  x = (x | x << 8) & 0x00ff00ff;
  x = (x | x << 4) & 0x0f0f0f0f;
  x = (x | x << 2) & 0x33333333;
  return (x | x << 1) & 0x55555555;
}

INLINE potentials32 lower_halves(counts16 x) {
  return __builtin_convertvector((numbers32)((lanes32)x & 0xffff), potentials32);
}

INLINE potentials32 upper_halves(counts16 x) {
  return __builtin_convertvector((numbers32)((lanes32)x >> 16), potentials32);
}

// What is computed: neurons with the same properties, neurons that differ, or neurons that differ and have currents.
typedef enum { alike, different, with_currents } membranes;

// Advances neurons `first` to `first` + 31; writes the ids of those that fire and returns their number. Literals say
// what the membranes are, and whether there may be inhibitory inputs.
INLINE int advance(
  const network_neurons *neurons, size_t first, counts16 excitatory, counts16 inhibitory, membranes membranes,
  bool inhibited, uint32_t *spikes) {
  potentials32 *v = (potentials32 *)(neurons->potentials + first);
  counts16 *clamped = (counts16 *)(neurons->clamped + first);
  potentials32 decay[2] = {neurons->decay, neurons->decay}, threshold[2] = {neurons->threshold, neurons->threshold};
  if (membranes != alike) {
    memcpy(decay, neurons->decays + first, sizeof decay);
    memcpy(threshold, neurons->thresholds + first, sizeof threshold);
  }
  const potentials32 old_even = v[0], old_odd = v[1];
  const counts16 rest = *clamped;

  potentials32 input_even = neurons->excitatory_weight * lower_halves(excitatory);
  potentials32 input_odd = neurons->excitatory_weight * upper_halves(excitatory);
  if (inhibited) {
    input_even += neurons->inhibitory_weight * lower_halves(inhibitory);
    input_odd += neurons->inhibitory_weight * upper_halves(inhibitory);
  }
  if (membranes == with_currents) {
    // The potential takes up what was there before; what arrives goes into the current.
    potentials32 *current = (potentials32 *)(neurons->currents + first);
    const potentials32 *transfer = (const potentials32 *)(neurons->transfers + first);
    const potentials32 old_currents[2] = {current[0], current[1]};
    current[0] = old_currents[0] * neurons->current_decay + input_even;
    current[1] = old_currents[1] * neurons->current_decay + input_odd;
    input_even = old_currents[0] * transfer[0];
    input_odd = old_currents[1] * transfer[1];
  }
  potentials32 even = old_even * decay[0] + input_even, odd = old_odd * decay[1] + input_odd;
  even = select(((lanes32)rest & 0xffff) == 0, even, old_even);
  odd = select(((lanes32)rest & 0xffff0000) == 0, odd, old_odd);
  *clamped = __builtin_elementwise_sub_sat(rest, (counts16)1);

  const numbers32 fires_even = even >= threshold[0], fires_odd = odd >= threshold[1];
  // With one threshold, one comparison tells that none fires.
  const potentials32 greater = select(even > odd, even, odd);
  const uint32_t any =
    membranes == alike ? lane_bits(greater >= threshold[0]) : lane_bits(fires_even) | lane_bits(fires_odd);
  int count = 0;
  if (__builtin_expect(any != 0, 0)) {
    const potentials32 reset = neurons->reset;
    even = select(fires_even, reset, even);
    odd = select(fires_odd, reset, odd);
    uint32_t firing = spread_bits(lane_bits(fires_even)) | spread_bits(lane_bits(fires_odd)) << 1;
    for (; firing != 0; firing &= firing - 1) {
      const size_t neuron = first + (size_t)__builtin_ctz(firing);
      spikes[count++] = (uint32_t)neuron;
      neurons->clamped[neuron] =
        membranes == alike ? neurons->refractory_steps : neurons->each_refractory_steps[neuron];
    }
  }
  v[0] = even;
  v[1] = odd;
  return count;
}

#endif
