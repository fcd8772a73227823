/** Days that the chart shows, today included. */
export const chartDays = 30;

/** Stands for the whole platform, which is no organization. */
export const platformId = '00000000-0000-0000-0000-000000000000';
