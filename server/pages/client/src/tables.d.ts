/** Tables of data that stand in the bundle as they are. */
declare module "*.tsv" {
  const table: string;
  export default table;
}
