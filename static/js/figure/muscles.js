// Where each muscle shows: balls [bone, x, y, z, radius] inside the flesh, along the muscle, on the
// right; and which way its surface looks, in the axes of its first bone.
/** @typedef {[string, number, number, number, number]} Spot */
/** @type {Record<string, [Spot[], [number, number, number]]>} */
export const MUSCLES = {
  "gluteus-maximus": [
    [
      ["pelvis", -7, 1.5, 6.8, 6],
      ["pelvis", -6.5, -1.5, 7.5, 6.8],
      ["thigh", -3.8, -6, -0.5, 4.6],
    ],
    [-1, 0, 0.3],
  ],
  "gluteus-medius": [
    [
      ["pelvis", -2.5, 10.5, 10.5, 4],
      ["pelvis", -1, 6, 11.5, 5],
      ["thigh", 0, 0, 5.5, 3],
    ],
    [-0.1, 0.1, 1],
  ],
  "gluteus-minimus": [
    [
      ["pelvis", 1.5, 9, 11.5, 3.6],
      ["thigh", 1, 1, 6, 2.6],
    ],
    [0.2, 0, 1],
  ],
  tfl: [
    [
      ["pelvis", 4.5, 9.5, 10, 3.2],
      ["thigh", 3.5, -10, 4.5, 3],
    ],
    [0.6, 0, 0.8],
  ],
  "fascia-lata": [
    [
      ["thigh", 0, 1, 6.5, 2.6],
      ["thigh", 0, -22, 6, 2],
      ["thigh", 0.5, -40, 3.8, 1.6],
    ],
    [0, 0, 1],
  ],
  iliopsoas: [
    [
      ["lumbar", 3, 5, 3.5, 3],
      ["pelvis", 4.5, 7, 6.5, 4],
      ["thigh", 4, -6, 0, 3.8],
    ],
    [1, 0, 0.1],
  ],
  "rectus-femoris": [
    [
      ["thigh", 5, -5, 1, 3.2],
      ["thigh", 5, -18, 0, 4],
      ["thigh", 3, -37, 0, 2.2],
    ],
    [1, 0, 0],
  ],
  quadriceps: [
    [
      ["thigh", 4.5, -9, 1, 4.3],
      ["thigh", 4.2, -22, 0.5, 5],
      ["thigh", 2.4, -38, 0, 3],
    ],
    [1, 0, 0.2],
  ],
  hamstrings: [
    [
      ["thigh", -4.4, -8, 0, 4.2],
      ["thigh", -3.4, -22, 0, 4.6],
      ["thigh", -2.4, -38, 0, 2.8],
    ],
    [-1, 0, 0],
  ],
  adductors: [
    [
      ["thigh", 0.5, -4, -6.5, 3],
      ["thigh", 0.5, -17, -6.2, 3],
      ["thigh", 0, -34, -4.4, 2],
    ],
    [0.1, 0, -1],
  ],
  "adductor-magnus": [
    [
      ["thigh", -3, -5, -5.6, 3.4],
      ["thigh", -2, -18, -5.6, 3],
      ["thigh", -1, -33, -4.2, 2],
    ],
    [-0.5, 0, -1],
  ],
  gracilis: [
    [
      ["thigh", -0.5, -4, -7.4, 2],
      ["thigh", -1, -38, -4.6, 1.6],
    ],
    [0, 0, -1],
  ],
  pectineus: [
    [
      ["thigh", 4, -1, -5, 3],
      ["thigh", 2, -9, -3, 2.4],
    ],
    [1, 0, -0.4],
  ],
  "deep-external-rotators": [
    [
      ["pelvis", -9, 4, 3.5, 3.4],
      ["thigh", -3.5, 1, 4.5, 3],
    ],
    [-1, 0, 0.3],
  ],
  "erector-spinae": [
    [
      ["pelvis", -6.5, 12, 3.5, 2.8],
      ["lumbar", -4, 6, 3.5, 3.2],
      ["thorax", -5, 9, 3.5, 3.2],
    ],
    [-1, 0, 0],
  ],
  "thoracic-erector-spinae": [
    [
      ["thorax", -8, 9, 6, 2.6],
      ["thorax", -8, 20, 6, 2.6],
    ],
    [-1, 0, 0],
  ],
  "thoracic-rotators": [
    [
      ["thorax", -5, 4, 3, 2.6],
      ["thorax", -5.5, 17, 3, 2.6],
    ],
    [-1, 0, 0],
  ],
  multifidus: [
    [
      ["pelvis", -7.5, 9, 2.6, 2.6],
      ["lumbar", -4.5, 8, 2.6, 2.6],
    ],
    [-1, 0, 0],
  ],
  rhomboids: [
    [
      ["thorax", -7, 18, 3, 2.6],
      ["thorax", -7, 12, 6.5, 2.8],
    ],
    [-1, 0, 0],
  ],
  intercostals: [
    [
      ["thorax", 1, 3, 11.5, 3.4],
      ["thorax", 1, 13, 12.5, 3.6],
    ],
    [0.2, 0, 1],
  ],
  "rectus-abdominis": [
    [
      ["pelvis", 5, 8, 3, 3],
      ["lumbar", 5.2, 7, 3.2, 3.2],
      ["thorax", 6, 6, 3.2, 3.2],
    ],
    [1, 0, 0],
  ],
  obliques: [
    [
      ["pelvis", 1.5, 13, 9.5, 3.6],
      ["lumbar", 1.5, 8, 9.6, 3.8],
      ["thorax", 2, 4, 11, 4],
    ],
    [0.2, 0, 1],
  ],
  "transversus-abdominis": [
    [
      ["lumbar", 5, 1, 4, 3.6],
      ["lumbar", 4, 2, 8, 3.6],
    ],
    [0.8, 0, 0.5],
  ],
  "quadratus-lumborum": [
    [
      ["pelvis", -3.5, 14, 8, 2.8],
      ["thorax", -3, 1, 8, 2.8],
    ],
    [-0.5, 0, 0.8],
  ],
  "serratus-anterior": [
    [
      ["thorax", 3, 8, 12, 3],
      ["thorax", 1, 14, 13.5, 3],
    ],
    [0.3, 0, 1],
  ],
  shoulder: [
    [
      ["upperarm", 0, 0, 1, 4.6],
      ["upperarm", 0, -9, 0.8, 3.2],
    ],
    [0, 0, 1],
  ],
  gastrocnemius: [
    [
      ["shank", -4.6, -6, 0, 2.6],
      ["shank", -5, -16, 0, 2.8],
    ],
    [-1, 0, 0],
  ],
  soleus: [
    [
      ["shank", -4.6, -18, 0, 2.6],
      ["shank", -2.8, -30, 0, 1.8],
    ],
    [-1, 0, 0],
  ],
  "tibialis-posterior": [
    [
      ["shank", -1, -12, -2.6, 2.4],
      ["shank", -0.6, -32, -1.6, 1.6],
    ],
    [-0.2, 0, -1],
  ],
  "pelvic-floor": [[["pelvis", -1, -6, 2, 3.6]], [0, -1, 0]],
};
