/* Arithmetic: primes, long division, CRC-32, formats. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char composite[20000];

static unsigned long crc(char *data, int length)
{
    unsigned long sum = 0xFFFFFFFFL;
    int bit;
    while (length--) {
        sum ^= *data++ & 0xFF;
        for (bit = 0; bit < 8; bit++)
            sum = sum & 1 ? (sum >> 1) ^ 0xEDB88320L : sum >> 1;
    }
    return ~sum;
}

int main(void)
{
    unsigned i, j, count = 0;
    unsigned long factorial = 1;
    for (i = 2; i < sizeof composite; i++)
        if (!composite[i]) {
            count++;
            for (j = i + i; j < sizeof composite; j += i)
                composite[j] = 1;
        }
    printf("%u primes\n", count);
    for (i = 2; i <= 12; i++)
        factorial *= i;
    printf("12! = %lu = %lx\n", factorial, factorial);
    printf("%ld %ld\n", -1000000007L / 1234L, -1000000007L % 1234L);
    printf("%08lX\n", crc("123456789", 9));
    printf("[%5d][%-5d][%05d][%x][%o][%c][%-6s][%.2s][%%]\n", 42, 42, 42, 42, 42, 'x', "ab", "abc");
    printf("%ld %d\n", strtol("-7fff", (char **)0, 16), atoi("  123x"));
    return 0;
}
