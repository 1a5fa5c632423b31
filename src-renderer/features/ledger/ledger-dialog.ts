import { create } from 'zustand';

/** Whether the dialog that hands the ledger over is open. */
export const useBundleDialog = create<{ readonly open: boolean; readonly show: (open: boolean) => void }>()((set) => ({
  open: false,
  show: (open) => set({ open }),
}));
