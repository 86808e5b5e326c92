/** Nothing of the host's own settings: of the folder that stands for /etc, nothing is there. */
export const NO_ETC = { HERMES_ETC: "/nonexistent" };
