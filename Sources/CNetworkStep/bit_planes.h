// Sums of bit rows for 512 targets at once, as bit planes: bit n of plane k is bit k of target n's sum.
#ifndef NETWORK_BIT_PLANES_H
#define NETWORK_BIT_PLANES_H

#include "vectors.h"

// The most rows that eight planes can hold in groups of seven.
enum { plane_capacity = 252 };

INLINE line_bits majority(line_bits a, line_bits b, line_bits c) { return (a & b) | (c & (a | b)); }

// Adds ones, twos and fours to the first `bits` planes.
INLINE void add_to_planes(line_bits *planes, int bits, line_bits ones, line_bits twos, line_bits fours) {
  line_bits carry = planes[0] & ones;
  planes[0] ^= ones;
  line_bits next = majority(planes[1], twos, carry);
  planes[1] ^= twos ^ carry;
  carry = next;
  if (bits > 2) {
    next = majority(planes[2], fours, carry);
    planes[2] ^= fours ^ carry;
    carry = next;
  }
#pragma unroll
  for (int k = 3; k < bits; k++) {
    next = planes[k] & carry;
    planes[k] ^= carry;
    carry = next;
  }
}

INLINE line_bits bits_of(const uint8_t *row, size_t line) { return ((const line_bits *)row)[line]; }

// The number of ones among seven rows, by four carry-save adders.
INLINE void add_seven(const uint8_t *const *rows, size_t line, line_bits *ones, line_bits *twos, line_bits *fours) {
  const line_bits a = bits_of(rows[0], line), b = bits_of(rows[1], line), c = bits_of(rows[2], line);
  const line_bits d = bits_of(rows[3], line), e = bits_of(rows[4], line), f = bits_of(rows[5], line);
  const line_bits g = bits_of(rows[6], line);
  const line_bits first = a ^ b ^ c, second = d ^ e ^ f;
  const line_bits carry1 = majority(a, b, c), carry2 = majority(d, e, f), carry3 = majority(first, second, g);
  *ones = first ^ second ^ g;
  *twos = carry1 ^ carry2 ^ carry3;
  *fours = majority(carry1, carry2, carry3);
}

// The sums of `count` rows in one line, in `bits` planes; the last rows are added three at a time.
INLINE void sum_rows_in(const uint8_t *const *rows, int count, size_t line, line_bits *planes, int bits) {
  line_bits sums[8];
  for (int k = 0; k < 8; k++) sums[k] = 0;
  int left = count;
  for (; left > 3; left -= 7, rows += 7) {
    line_bits ones, twos, fours;
    add_seven(rows, line, &ones, &twos, &fours);
    add_to_planes(sums, bits, ones, twos, fours);
  }
  if (left > 0) {
    const line_bits a = bits_of(rows[0], line), b = bits_of(rows[1], line), c = bits_of(rows[2], line);
    add_to_planes(sums, bits, a ^ b ^ c, majority(a, b, c), (line_bits)0);
  }
  for (int k = 0; k < bits; k++) planes[k] = sums[k];
}

// Planes that hold sums of up to `count` rows.
INLINE int planes_for(int count) { return count == 0 ? 0 : 32 - __builtin_clz((unsigned)count); }

// The same in planes_for(count) planes. Literal numbers let the compiler keep planes in registers.
INLINE void sum_rows(const uint8_t *const *rows, int count, size_t line, line_bits *planes) {
  switch (planes_for(count)) {
  case 0: break;
  case 1:
  case 2: sum_rows_in(rows, count, line, planes, 2); break;
  case 3: sum_rows_in(rows, count, line, planes, 3); break;
  case 4: sum_rows_in(rows, count, line, planes, 4); break;
  case 5: sum_rows_in(rows, count, line, planes, 5); break;
  case 6: sum_rows_in(rows, count, line, planes, 6); break;
  default: sum_rows_in(rows, count, line, planes, 8); break;
  }
}

// The sums of up to 252 rows in all lines, eight planes for each, group by group of seven rows; those of the next
// group, as long as there are `known` ones, are fetched meanwhile.
INLINE void add_rows(const uint8_t *const *rows, int count, int known, size_t lines, line_bits *planes) {
  for (size_t i = 0; i < 8 * lines; i++) planes[i] = 0;
  for (int group = 0; group < count; group += 7, rows += 7, known -= 7) {
    const int later = known < 14 ? known - 7 : 7;
    for (size_t line = 0; line < lines; line++) {
      for (int i = 0; i < later; i++) __builtin_prefetch(rows[7 + i] + line * sizeof(line_bits), 0, 3);
      line_bits ones, twos, fours;
      add_seven(rows, line, &ones, &twos, &fours);
      add_to_planes(planes + 8 * line, 8, ones, twos, fours);
    }
  }
}

// Exchanges the bits of a above `shift` with those of b below, in every field that the mask describes.
INLINE void exchange(line_bits *a, line_bits *b, int shift, uint64_t mask) {
  const line_bits difference = ((*a >> shift) ^ *b) & mask;
  *b ^= difference;
  *a ^= difference << shift;
}

// Turns eight planes into bytes: transposes 8 x 8 bits in every 64-bit lane by three rounds of masked swaps.
INLINE void transpose(line_bits *planes) {
#pragma unroll
  for (int k = 0; k < 4; k++) exchange(&planes[k], &planes[k + 4], 4, 0x0f0f0f0f0f0f0f0f);
#pragma unroll
  for (int k = 0; k < 8; k += 4) {
    exchange(&planes[k], &planes[k + 2], 2, 0x3333333333333333);
    exchange(&planes[k + 1], &planes[k + 3], 2, 0x3333333333333333);
  }
#pragma unroll
  for (int k = 0; k < 8; k += 2) exchange(&planes[k], &planes[k + 1], 1, 0x5555555555555555);
}

#endif
