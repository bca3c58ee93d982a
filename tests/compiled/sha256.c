/* SHA-256 of standard input in hex: what gcc makes of C for an 80386 in real mode. */

typedef unsigned int u32;
typedef unsigned char u8;

static const u32 round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static u32 state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static int main(void);

__attribute__((section(".start"), noreturn)) void start(void)
{
    int code = main();
    asm volatile("int $0x21" : : "a"(0x4C00 | (code & 0xFF)));
    __builtin_unreachable();
}

/* INT 21h with a buffer: reads (3Fh) from or writes (40h) to a handle. */
static int transfer(int function, int handle, void *buffer, int length)
{
    int done = function << 8;
    asm volatile("int $0x21" : "+a"(done) : "b"(handle), "c"(length), "d"(buffer) : "memory", "cc");
    return done & 0xFFFF;
}

static u32 rotate(u32 value, int by)
{
    return value >> by | value << (32 - by);
}

static void digest(const u8 *block)
{
    u32 w[64], s[8];
    int i;
    for (i = 0; i < 16; i++, block += 4)
        w[i] = (u32)block[0] << 24 | block[1] << 16 | block[2] << 8 | block[3];
    for (; i < 64; i++) {
        u32 a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    for (i = 0; i < 8; i++)
        s[i] = state[i];
    for (i = 0; i < 64; i++) {
        u32 one = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) +
                  ((s[4] & s[5]) ^ (~s[4] & s[6])) + round_constants[i] + w[i];
        u32 two = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) +
                  ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        s[7] = s[6], s[6] = s[5], s[5] = s[4], s[4] = s[3] + one;
        s[3] = s[2], s[2] = s[1], s[1] = s[0], s[0] = one + two;
    }
    for (i = 0; i < 8; i++)
        state[i] += s[i];
}

static int main(void)
{
    static u8 block[64];
    u32 total = 0;
    int filled = 0, got, i;
    while ((got = transfer(0x3F, 0, block + filled, 64 - filled)) > 0) {
        total += got;
        filled += got;
        if (filled == 64) {
            digest(block);
            filled = 0;
        }
    }
    block[filled++] = 0x80;
    if (filled > 56) {
        while (filled < 64)
            block[filled++] = 0;
        digest(block);
        filled = 0;
    }
    while (filled < 60)
        block[filled++] = 0;
    for (i = 0; i < 4; i++)
        block[60 + i] = total * 8 >> (24 - 8 * i);
    digest(block);
    for (i = 0; i < 64; i++) {
        u8 digit = "0123456789abcdef"[state[i >> 3] >> (28 - 4 * (i & 7)) & 15];
        transfer(0x40, 1, &digit, 1);
    }
    return total & 0xFF;
}
