import { bug } from '../../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { ByteSink } from '../../../ports/byte-sink.ts';
import type { KernelRequest, WireWriter } from '../../../ports/kernel.ts';
import { findUnfitCell, type ReachOf } from './find-unfit-cell.ts';
import { KernelMemory, type KernelAreas } from './kernel-memory.ts';
import { instantiateKernel, type KernelExports } from './kernel-module.ts';
import { malformed, type BlockForm } from './block-form.ts';

/** What is written by one call: it is looked at and copied while the processor still has it at hand. */
const PIECE_BYTES = 256 * 1024;
/** Behind a block in the kernel's memory. */
const BEHIND_BYTES = 64;

/** Drives the kernel: a block in, as many calls as its output needs, each looked at before it goes on: the file must be able to hold it. */
export class KernelWriter implements WireWriter {
  readonly wire: string;
  readonly #form: BlockForm;
  readonly #request: KernelRequest;
  readonly #kernel: KernelExports = instantiateKernel();
  readonly #prepared: KernelMemory;
  #areas: KernelAreas = { input: 0, output: 0, outputEnd: 0 };
  #blockBytes = 0;
  #memory = Buffer.alloc(0);

  constructor(request: KernelRequest, form: BlockForm) {
    this.wire = form.wire;
    this.#form = form;
    this.#request = request;
    this.#prepared = new KernelMemory(this.#kernel, request);
    this.#prepared.prepare();
    this.#kernel.setRowHead(form.rowHead);
  }

  write(block: RowBatch, rowsBefore: number, out: ByteSink): void {
    const areas = this.#areasFor(block);
    this.#form.check(block);
    const memory = this.#memory;
    memory.set(block.bytes.subarray(0, block.tail), areas.input);
    const end = areas.input + block.tail;
    // A scan for a cell's end looks past the block: it must find one.
    memory.fill(this.#form.behind, end, end + BEHIND_BYTES);
    let rows = 0;
    let limit = Math.min(areas.outputEnd, areas.output + PIECE_BYTES);
    for (let from = areas.input; from < end;) {
      const outEnd = this.#kernel[this.#form.transform](from, end, areas.output, limit);
      if (this.#kernel.malformed.value !== 0) throw malformed();
      if (this.#kernel.used.value === from) {
        // A cell larger than a piece: once more, with all the room there is.
        if (limit === areas.outputEnd || outEnd !== areas.output) throw bug('a row does not fit the kernel');
        limit = areas.outputEnd;
        continue;
      }
      from = this.#kernel.used.value;
      rows += this.#kernel.rows.value;
      const written = memory.subarray(areas.output, outEnd);
      if (!this.#request.layout.fits(written)) throw this.#refusal(block, rowsBefore);
      this.#append(out, areas.output, outEnd);
    }
    if (rows !== block.rows) throw malformed();
  }

  endOf(block: RowBatch, rows: number): number {
    return this.#form.endOf(block, rows);
  }

  /** By `Buffer`: sinks lie in shared memory, and what typed arrays have for it copies eight bytes at a time. */
  #append(out: ByteSink, start: number, end: number): void {
    for (let from = start; from < end;) {
      if (out.length === out.bytes.length) out.room(1);
      const size = Math.min(end - from, out.bytes.length - out.length);
      this.#memory.copy(out.bytes, out.length, from, from + size);
      out.length += size;
      from += size;
    }
  }

  #areasFor(block: RowBatch): KernelAreas {
    if (block.bytes.length > this.#blockBytes) {
      this.#blockBytes = block.bytes.length;
      this.#areas = this.#prepared.place(this.#blockBytes);
      this.#memory = Buffer.from(this.#kernel.memory.buffer);
    }
    return this.#areas;
  }

  #refusal(block: RowBatch, rowsBefore: number): Error {
    const { schema, masks, layout } = this.#request;
    const reachOf: ReachOf = (column) => {
      const mask = masks[column] ?? null;
      if (mask === null) return 'all';
      return mask.op === 'partial' ? mask : 'none';
    };
    const cells = this.#form.cells(block, this.#request);
    const place = findUnfitCell(cells, reachOf, (text) => layout.fits(text));
    const name = place === null ? undefined : schema.columns[place.column]?.name;
    if (place === null || name === undefined) return bug('a kernel split a character');
    return layout.unfit(name, rowsBefore + place.row + 1, place.bytes);
  }
}
