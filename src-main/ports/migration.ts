import type { CsvProfile } from '../../src-shared/model/csv-profile.ts';
import type { DatabaseSchema, SchemaNote } from '../../src-shared/model/table-schema.ts';

export interface Script {
  /** Relative to the package, without a folder. */
  readonly path: string;
  readonly text: string;
}

export interface MigrationScripts {
  /** The one that makes the tables first. */
  readonly files: readonly Script[];
  /** What the product has no counterpart for, or another one; those of the schema come first. */
  readonly notes: readonly SchemaNote[];
}

/** A product that packages can be loaded into by its own loader. Pure: the same schema gives the same scripts. */
export interface MigrationTarget {
  /** Id of its connector and of its CSV profile. */
  readonly id: string;
  readonly title: string;
  /** The CSV that the load script reads. */
  readonly csvProfile: CsvProfile;
  write(schema: DatabaseSchema): MigrationScripts;
}
