import { describe, expect, it } from 'vitest';
import { dataSet, type Encapsulated } from '../data-set.ts';
import { readDicom } from '../read.ts';
import { SOP_CLASS, TRANSFER_SYNTAX } from '../uid.ts';
import { writePart10 } from '../write.ts';
import { createCodecs } from './codecs.ts';
import { decodeGreyFrame } from './decode.ts';

const ROWS = 20;
const COLUMNS = 24;

/** A flat corner, a ramp, a parabola and a little noise: runs, contexts and wrap-around all occur. */
function pattern(signed: boolean, bits: number): number[] {
  return Array.from({ length: ROWS * COLUMNS }, (_, i) => {
    const [r, c] = [Math.floor(i / COLUMNS), i % COLUMNS];
    const value = r < 8 && c < 10 ? 0 : r * 37 + c * c * 11 + ((i * 2654435761) >>> 27) * 3;
    return signed ? (value % 2000) - 1000 : value % 2 ** bits;
  });
}

/** That pattern (u12: 12 bits, s16: signed 16, 8 bits) as other software encodes it: GDCM 3.0 and DCMTK 3.6. */
const STREAMS = {
  jpegls_u12: [
    '1.2.840.10008.1.2.4.80',
    '/9j/9wALEAAUABgBAREA//gADQH//wASAEMBFABA/9oACAEBAAAAAP4S1yLa/zKvUWsXUCqVyoABgH7er976hZCyE05oWQshVEVzQrgBHo5CzU7ITQqhVFHahJHo5CuBY1MTq1E0KrmhVD0tKSUUA+59KKJCIsoskURRF4ImjmRCmAoyEYkLLSzsRRHIiAgIaCuwI9GjRNaTRNE0agRhGkUEcBiCFGo9aWSSPdKPQIsWOeX8CLAkQrNidKWB8Ocjofd7hpdOaIItIooeo5BhLB48GD4ISwGhZCac0JpFII9FpqYaUeioMGDB2CH6akxiFcvoCwehVFEtHRjShVHRqQZ0xJO0TwGLLPUKomhLACE0USRkRRGRUIxpFFR5sePCFcSEePHO5DKAHahRGIqKEiIIiPQ0FNjniUgzBSTtGRSFcAIARBCruSSDBiREWgsiSl0aIDkW5KNGTMQpgawImjUGCIkihMCQQk1BnCQg/C0ZcuW0IhgKSRF0pBAgRYsKEwoxAS65ry9rBpIZykS11BsQkUUgRYQgR6FkoLAjs4NwdueYMookoRwNGSCKPEchw5K+jkHrrfBmDBVHY4xjKhhALIk0ZDhnaUg5aLE44guh+DzzBZGkIUwDA8YiZlTEuLFg46WvJmvcF15M75zkAP/Z',
  ],
  jpegls_s16: [
    '1.2.840.10008.1.2.4.80',
    '/9j/9wALEAAUABgBAREA//gADQH//wASAEMBFABA/9oACAEBAAAAAD50AIAgCAQCAQCAgAAAWuRWvdkADxIxY2oXWIECMJfm11wMAP2FcLITTmhZCyFcBZ1QqiiEcAoWeJ1wmhVE0k7kJYIkEei0TwBOrUSwqugBu8Jo1EsAkpBqQp7VEWoriaMhJckKpHuoUSEhg7KHc8pX3ITR0ZDRnpkYyohgkRE1pLFEghoCOr6JICAja8hyPWlcTRhgRBMxcCIkPS8XBSIbNkiq4Vj/FNG77c9LcIQkjkkjTPlzAgRY2AgeCEsBoWQmnNCaKIVwAiCSSIAA48JoUkYWBFgNGXsWMQrl9AWD0KookEI4A70Koajkc7ESxJ8hyBHxIgQXRNCWAEJookjUhXAExIdCKIpBh4KDBPEdgocc7kMoAdqFEYlInuFEUShyCFSY1eQ0AAAAAAACH1EKo1dRKKQrgBACIIVdyFMFjJKIQ8Y6EWi42FYEUhYeBmIUwNYETRqKh/jRNIciJQMcgzFy5AwMPEw8C0IhgKSRF0pJI4DEREdCl9EEhh4NbQyFY7NouUiWuoNiEiikfg8czJFBJSK7tdxcLCws2LAAAAAAABDuSLJKEcDRkgiurNSIkQgADqwqhkFFg4GBPtZwMDGMqGEAsiTQrgMgQo1DJiNBoMVfQyJgxV5CpCFMAwPGImnTU0GJEhkhB5khixcKuo/LjYeQ/9kA',
  ],
  jpegls_near: [
    '1.2.840.10008.1.2.4.81',
    '/9j/9wALEAAUABgBAREA//gADQH//wAbAFIBKQBA/9oACAEBAAMAAP4ntTvcNjT29bXyGAAGRH/P71BoNCSCDQ0GhsUFgESJCNUUGjQaNgg0kkFgJJKDUaJghokUlJACMxkNKNlGmg0iCNJyFgSg5BrRvo0kNJCUFuRJSjWmkkkiRPSQWGDkkS000G8jRRhIY3KDQkFlipeBh6mRtZ+WSKEijSOTQ0HBGIQQWAQaCSCCQ0lJSk9JCo0QcQySJILOQGDQaNSGk9GlJJySRkWGIGQ0NA4FDQ0ZyJKUHJITQiIXqSIkwQWA4IaJCTkkIVCSAyUHBAqUUFgECNBkE0RFRpckhMAHp1TMyQsFciSRAySBUkoaWpQcJmI+gsChEEQSRERENSQiJ2ZgZKYotqBiRpImBUkZIclMHCZkVGjQcFEkkFUmJakjFGYOAqUzLBDwD6JFECpRExkgKhwmRUpQWAQGSGQSmImYakjcG1K5mQD/2Q==',
  ],
  jpegll_s16: [
    '1.2.840.10008.1.2.4.70',
    '/9j/wwALEAAUABgBAREA/8QAHgABAAMAAwEBAQEAAAAAAAAACQAICwUGBwIKAw//2gAIAQEAAQAA/wB8GJJJJJotpHdm9+MijbIqOrWQExL/ALauRJJJJJo4pHdZT8TRG2RURvcaJiX8bVy5JJJJNOe4F2VPxNF4TFR29xomGf8AbX9Fckkkkmn1cNOcR5Al7TFR26xonpZ9tf0USSSSSaiFw02xHllRtMWkV3GielnP0K4/UkkkkmpMkF2cR5ZUYTFp1dyAmGZ/9CuP1JJJJJqcpHdnEeWJG2RUdWsgJiX/AGyx+pJJJJNU9I7rYvyCo2xyjt7jRMS/ja4/Sz8H67yfabP+pXLsDZdCrh3ZxfkFXhMVHb3GfYl/21yWuT4b13k7Dd/9VuXYGyiG3DxaL2IKvaYqO3WNE9LPtlktct6P8chYnv8A6rciwN97W3DxZb3rKjaXNOruNE9LOfoVx+uW9E+OTsT3+2Xtdgb72qSPEIvesqMJi06u4/7Es/8AoVx+vc+G+Pc+zd/tr7XeGylrUjxCL2LKjbIqPjEumxL/ALZY/XLcN8e4dps/6r7ReGy9rUgxCFPQVG2OUfHsXNhn/bXH65bg/XeT7TZz1W5dgbLoVcPEIU9Al7TFR8excGJf9tclfk+G9d5Ow3f/AFW5fv1l0NuHi0XsQVe0xaTGMXN6WfbLJa5b0f8Ajydie/8AqtyLA33tbcDFovesqNpc0+MYubzM/kiOXy3onxydie+W19rsDfe1WKldm96xI2mLT4xjoMSz+SI5HufDfHufZu/219ru9Ze1uKldm9iyo2yKiYxjpsS/+PC5fLcN/H3PtNn/AFX2i8Nl7W4p92VPQVG2OUfHsXNhn/x5HL//2Q==',
  ],
  pred1: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAHwABAAICAwEBAQEAAAAAAAAACQAIBQcGCgwLAgMQ/9oACAEBAAEAAP8ASSSST6LaR3ZvesSNsio6tOn4Yh/21ciSSSST6OKR3WU9BUbZFRG9XPwxD+Nq5ckkkkn057gXZU9BV4TFR29XPwwr/tr2K5JJJJPp9XDTm96BL2mKjt14XJ6WfbXsUSSSSSfUQuGm171lRtMWkV3wuT0s52FXLkkkkk+pMkF2b3rKjCYtOrvh0mGZ/sKuXJJJJJ9TlI7s3vWJG2RUdWvDpMS/7ZOXJJJJJ9U9I7rKegqNsco7e+FyYl/G1ctZ8Ht3J8ps/tK5dgbLoVcO7KnoKvCYqO3vhb2Jf9texXk8Nt3J2G5/tW5dgbKIbcNOb2IKvaYqO3XhcnpZ9suxXltj/jIWJ5/tW5Fgb72tuGm171lRtLmnV3wuT0s52FXLy2xPxk7E8/tluuwN97VJHdm96yowmLTq74c9iWf7Crl7zw343nybn9td13hspa1I7s3sWVG2RUdWvDpMS/7ZOXlsN+N4cps/tXdF4bL2tSC7KnoKjbHKP4bxc2Gf9tXLy2D27k+U2c2rcuwNl0KuHdlT0CXtMVH8N4uDEv8Atr2KMnhtu5Ow3P8Aaty9/WXQ24ac3sQVe0xaTwri5vSz7ZdivLbH/jk7E8/2rciwN97W3ATm96yo2lzT+FcXN5mf7Crl5bYn4ydieeW13XYG+9qkjuze9YkbTFp/CuOgxLP9hVyN54b8bz5Nz+2u67vWXtakd2b2LKjbIqJ4Vx02Jf8AbJy8thv47z5TZ/au6Lw2XtakF2VPQVG2OUfw3i5sM/7auX//2Q==',
  ],
  pred2: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAHAABAQEBAAMBAQAAAAAAAAAABQAHCQoLDAgQ/9oACAEBAAIAAP6qqr2LfSP9s/u/rF0b7I9R+rXdP4Yjv/217kVVVSyye5rLLJ7sssmmtVVVbsmsstuaayyyay27VVVSa27LJrLLJ/AJbsssnVVVLLJp7sstuayyye5rVVVS25rLLJprLbsmsstVVVJrLLJrbssmmtuyadVVUssnuayyae7LLJrLdZ+pfajt33k8oPy1fOg9hD7Ljc01lltzWWWTTWW3ZNZZbc01llk1lt2TTWWWTW3ZZNNbdlk1llk092WWTW3ZZPc1llk92WWTTWWW3NZZZPc1llk1lltzTWWW3NZbdk01lt2TWWWTTW3ZZNZbdk01llk1t2WTTWWTT3ZZZNP4HVZNNZZZPc1lk092WW3NZZZPc1llk1lltzTWWW3NZZZNNZbdk1lltzTW3ZZNZbdk01llk1t2WTTW3ZZNZZZNPdllk1llk9zWWWT3ZZZNNZZbc1llk9zWW3ZNZZbc01llk1lt2TTWW3ZNZZZNNbdlk1llk092WWTW3ZZNNZb/2Q==',
  ],
  pred3: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAHwABAAICAwEBAQEAAAAAAAAACQAIBwoFCwwGAwIQ/9oACAEBAAMAAP8ASSSSTsW0juze9YkbZFR1adPwxD/tq5EkkkknY4pzexYl4TFp1adB6fDPbCTkO9JJJJJ2c6bXsWVG2OaRWnTYnwzewk5eyDJJJJJ2fV1lPWVGGOUdXXQ8ML4fvYVcvY+kkkkk7RC7KmIEvDIqO3ToeGIf9stijY+kkkkk7SZNlMQVe0uURulz8PQ/jZbFbwySSSSdpym170FXhLmnb1cPDys5sK7FDvSSSSSdqenN7FiXhMWkVp0PD0M/sJOQ8KzqW1DdvJtB7au9B2EPZcduEm17FlRtjmkV10/DCs5sJOXsg8n+Oc/qbOWyzReGy9qkguyp6xIwxyjq66HhhX/2FXI2PuWy7nP6azmVc13esohSR3ZUxAl7ZFRG6dDwxD/tlsUbIPLZa5D6az+VbkXesuhtwE2UxBV7S5RG9XPw8r+NlsVvDnPLXJ2Js5lK5Fgb7oVcBOb3oEvCXNO3q4eHlZ/YV2KHe5b+OTsN95bW5efr6WquGm17FiXtMWkVrw5/h6Gc2EnIeHlvxzhYb7+2WaLvX3takCbXvWVGGOaRXfDpMMzmwq5ex9yf45z+ps5bLNd4bKWqSC7KnrEjDIqO3Xhz2Gf/AGFXI2PuWy7nD6azmVc13esohqR3WUxAl7ZFRG68LkxL+NlsUbIPLZa5D6mz+UrkXesuhtwE2U9BV4S5RG98Lk8z+NrsVu9nPLXJ2Js5lK5dgb6IVcBOb3oEvCYtO3Xhb3mZ/YV2KHe5b+OQsN95bW5efr6WtuGm17FiXtMWkVrw6T0s5sJOQ8P/2Q==',
  ],
  pred4: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAHgABAQEBAQEAAwEBAAAAAAAAAAcCBQkICwwNBhD/2gAIAQEABAAA/wCAH5Fv0j+2fu/1i9G/ZH1H9WvdP9GI9/8A219yAA6zFgkRixx9hsALtHNldj+zG1gADp7sEfxsx/P/AP8AoMcfYADrMLHH1dkRiwSIAOtXZEYbWCObAA6ezG7BH8N2COAA6zFgkTCxx9jb1n4dd6f+p+n6l9l/QP0v+O6j+yuyIw2sHT2V2P7MbWCONmN2CP4dawR/GzCxx9jdgj+LBIjFjj/Ww2V2RGLBIjGyux/Zc5EsEcbWCObMN2CP42sEcdYxuwR/DbCxx9h+gxfv0GG3WxYJEwscfV2RGLBIjGyu9PZXZEYbWCObK7H92CP431rBHGzG7BH8N2CP42YWOP8AWxsxYJEYscfYbK7IjFzkSwRzZXY/sxtYI42sEc31mG7BH8bMLHH2N2CP4bf//9k=',
  ],
  pred5: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAIAABAAICAgMBAQEAAAAAAAAACAAHBgkFCwMECgwBEP/aAAgBAQAFAAD/AEkkkk7FvZG2Xfti2N7kdo+1ren+GI3/AO7XeRJJJJJ9IiSupsWojmSodiCK6MR+ttzySSSSfVfl93KhBuu6VK3110YOwFt7RpJJJJPqHuNm2QgF+mVI3PwXP6SZQNvYnJJJJJ9SdxJq+HJbyZ2AoDouXqzdna3kkkkk+p5f59fCzRaZaqv6RlJNHYW5pJJJJPqmSd23wsEe+b0VnR0sbZgqHNJJJJJ9WaSupsWojmMpNiHREsV+txzbZ+Dt3k8pT9pMtApfTFmV3KhBuu6lI3+i2YuwFt7RuT9TL/avLj8suawbJRFxM2xUGv0ypG50XWyVQNjYty1qYd57GyDK7jsFW5PcSavlx28ltgiA6Ll6s3Z4tuWyH+e3YuQIjz2DflqMLPr4WaLTTUV/SLJVo7C3NeeCfy6uByC3M2UPM2wkrtvVZo983orOjqYuzBUOblvT/mb8sgPFmd42ba6Pu1s2mjmMpPwh/wCiKYWwBuOblvQt/GuVs3K0vyNmLTM7tVCAd11KTo3luxtgDb2h8n6mX+1eXoZXc2fWYiLiZtioRfJnYD0Py72SqBsbF+WtTC/asbIMruOwlZk9vp2+XHbyWavRXLp5NDZ4tuWyGe1YvOovz2DflqMPPb4WCOTTU6K7YulmhsLcd54J/Lq4HIbbzZPc5bCSu29VojnzePRXOti7MFQ5+W9Px51yyA8WZ3lZlro+7WzaaOYyl6Q5FMLYA3HN///Z',
  ],
  pred6: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAHgABAAMBAQADAQEAAAAAAAAABAAGBwkFCAoMCxD/2gAIAQEABgAA/wBJJJJP6LfSP5s/O/rF0b7I9R+rXdP8MR3/AO2vciSSSST1lo2quLWjba0tCmySSSSbtV2rXtFZataGr2uSSSST027XWkNWtH4An9DbWlokkkkk9ZaFbbWl7RXFrRtVckkkkk9baK4taFNXtdXatckkkknptWtDdrrSFN2urqkkkkk9ZaNqri0K22tLQ1fWf5MdA/nP0H7I9lPsbfZR+1RwWrLVr2iuLWhTV7X6bVr2istWtDV7XV1NWtDdrrSFettdaQ1a0K22tLQ3a60jaq4taNtrXrIU1a9ori1o2quLWhq17RWWrXudcXtdXU1e11dq1oU3a60hq9rq6vWWtDdrrSFNWhW21paFfgbP77aFNX6yNqri0K22tL2iuLWjaq4taGrXtHptWvaK4taFNXtdXate0Vlu11pDfW2urqataG7XWkKbtdaQ1a0K22teshq1o2quLWjba0tCmrXtFcWtG51xe11dq17RWWrWhq9rq6mr2urt9ZaFN2utIataFbbWlobtdaQpq///2Q==',
  ],
  pred7: [
    '1.2.840.10008.1.2.4.57',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAUABgBAREA/8QAIAABAAICAgMBAQEAAAAAAAAACAAHBgkFCwEECgMMEP/aAAgBAQAHAAD/AEkkkk7FvZG2Xfti2N7kdo+1ren/AAxG/wD3a7yJJJJJPpETt6uFHJlqKzY0xejP2EOR4ySSSSfVfdV8LNHPZRK91MXozNhbm2oySSSSfUPdrYQaLZKkV7n/AIMLZg23Nsekkkkk+pO7VKgXcmVJsMXXRibAGxtEeMkkkkn1PMq+EGvksom+uukkZrb2LPGSSSST6pk7fCDXaZ2CK9b9Hk0Nnbjd8kkkkn1Zp29XCjky0Vbsa6MRobCHM8ds6Y2BufYPuR3KfRt9KP1UL+674WaOeykV7q6MFnbC3NtR5PxnXK37lObXjZlqJK7WwgEYyVIr3P0YmzBtuPY/y1v+1yVoZXm13WUt7iu1SoN3JlQ7DV10YmwBsbRnjy2WexytoZWk7BsxD2+y74Qa+Sykb666SFnNvYs8bz8e1evO5Tc1gqy1LiTt8IBeJnYIr1v0ejQ2duN38t49qwsgRebZ9fVr3Emr2caOTLRVv8IyxWbsJczx5b87o5XILYzRQ2Za6/u2+Fmi3upFf0dLCaGwtzbTuT8Z1yt+5Xm142TaqSu1sIBHMlSbDOi3YuzBtuPZDy1v/vydoZXm13WYt7iupTIN3JlQt/ouWK/WztGePLZZ7XK2hlCUsGzEPb7NvhBrtLqRv9FzsiaDb2LO68/HtXrzuV3NYKptW4k7fCAXyZ2CKzot3q0NnbjePLeP3sPIEXm2fX5a9xJq9nGjky0Vf0jLFZuwlzPH/9k=',
  ],
  ext12: [
    '1.2.840.10008.1.2.4.51',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQIBAQEBAQIBAQECAgICAgICAgIDAwQDAwMDAwICAwQDAwQEBAQEAgMFBQQEBQQEBAT/wQALDAAUABgBAREA/8QAGAABAAMBAAAAAAAAAAAAAAAADggMDQ//xAApEAAABAUDBAIDAQAAAAAAAAACAwQFAQYHCAkKCwwNEhMVABYRFBcZ/9oACAEBAAA/AOf/AP8AFo10ROwCyne1tZG2i3SO0le4bqgZHsp5cwKSG9S9dv1/OLkMbXhYpjCARIYqkLPL7EQsSKSYF+wVwEUMZofLpdHWLzcENVlnX50ZwGfjpl9uMzT/ANLdERtYHGQLht67wWZQba7Q7hqe6p293KHr8NWlkDwh5qqBXp1vdK6utCJ4tUo5RDbWcCSm2GWaT0bkCo8mVFujv4dahVQrHL85Uck+gpTR2nzSuOwczdtI5dkT2CNprhLyaXXclpLQrXlY3zLGIIkOJw1IEsX6ZTxjNbVRicAU7CeMs2ISyBFqS7pvVpaYI8yWBQ1hpV9hMaa407b2h7WF/oJXw8h5QENxiNTAZg0KhzmtSsWGIFistOMlhh+AxJTBgbDjqShuAGlb3R7rNlpSdDFp7cXuoNtRzCcaq4yVoEtlb1vNxmZqzq3y2nHTluysX33FZrdxcoRXrE9PFPq6VAnSerWB49tf5iBphMU43Ay3RCei7nrWLu5SbqTvFMZLpjXGsJ9N2qDHfar/ALLyosJkDw/zWq5AJdSGrIOiIRMtglpAwEKC1IDe6CH7E4KCjgRAo/YAnGI4XiDD4pLunBlh1tiDMfh6E0SX6f8AmNVpUJlwaI0oas5I3I5KYW9vWqjShqD06ZO/uIywiM7gnGxH3x7zYGVVrlV+PC1aSevevLTnRhp/4Vidw2tt3aDzlkDFLJ6jaAtvFk1uSlKIAgcenIbRLAgLWjUdprkqNhGAxhiD///Z',
  ],
  base8: [
    '1.2.840.10008.1.2.4.50',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQIBAQEBAQIBAQECAgICAgICAgIDAwQDAwMDAwICAwQDAwQEBAQEAgMFBQQEBQQEBAT/wAALCAAUABgBAREA/8QAGAAAAwEBAAAAAAAAAAAAAAAABwgJCgv/xAAiEAACAgMBAQACAwEAAAAAAAAEBQMGAgcIAQkUFQASFiL/2gAIAQEAAD8A5/8A/NjXxl6L10k5j0LrGscnbAZ9FQ1zZ1ZoHQKh0rtFEr74yyCnLbezVnL5cg/RwWxqv+kXskHs1bXQZ4EY2QuVJQht5J0TdOVNQ0mevra4hQGbt482CvPY3i1U+z6qKQWhnX29cMA9FDEfp61WLeuFKxA/WyMHWJY7bJoFlEU+e+paledEc+sqloTcHPRdVYWyawappt8qu1mm6s1TnNjdjEwDjIQacUqvJ7Ap8ZHQhTrmWy5BB810GIr0kGNthXrXmqulOatj0/X900RROcBKnzR3ZqSrB2QVnq1I2H/dRusBc2AhwT+uE2KNeYm8iK9hqIMnkDOYj9uMOMLHBuHnzW2lN/crmg0t0XdegrRu5wMQub6DHp+mxtoplEEa5d7I8XT1sCi/jZ4RrSipqmdPKO0xmj9we5tsU+x7Q+PRYKOv0tR0rzrpWx2ar0vA1SrpuWxlLew2wNEZITIy/EMwpSNRkM0LPwyW+FRZ+ZykzEZRNuu/Wlf6A6V+Y6mha/G5lRNoNdVwaTx6bba2JStnlbFXlhTSs8gcDTDdlMQTysg8siQK+ij/AOJRZSCH7+TQVT6/+c/0ftmyaNX0ImvbhWth6+pNIYORKNSmt8TsrK+JBCOOLz9zz/2Jq3GSeSWXMFWrxnknnFxJy///2Q==',
  ],
  j2k_u12: [
    '1.2.840.10008.1.2.4.90',
    '/0//UQApAAAAAAAYAAAAFAAAAAAAAAAAAAAAGAAAABQAAAAAAAAAAAABDwEB/1IADAAAAAEAAwQEAAH/XAANQICIiJCIiJCIiJD/ZAAqAAFDcmVhdGVkIGJ5IEdEQ00vT3BlbkpQRUcgdmVyc2lvbiAyLjUuMP+QAAoAAAAAAj4AAf+T3/iQoAdFNNmta/oNrRCjkcrRF8qPOfrNwP8A6APzCIAfmEgYs08PUPQtp/2q5rp3Uw5geLaIOSXcDSIE4zUyFMCYwP8CmAfsSQD+SQAnXanK5jIR03YUMcRW3kYV81q4/EjSbwZLoK1AWiGs4meXnV314RvqkBsgMYXNNQO2ojkM+75BI5EjUwe8OCSMCsFjb38kcwaLzRGifyoEAkI/SbLdXNpix6d3ovO0i4VtTDbID6dUJj7i5oxm0+Wsf8D/CIgP5cYD/DcAQOSGzZOHPO8wMFXUifnkvPOPgWKZEnEHBUNEKbMtG10kD0lCM7lQzwuQTu3WsZrbov198RoGhwpA1ivIH+QibmrRBmNu6MmZ4ZkD75EbObAgUBoSmWYOLN+W4eJqXPn7R4P30Rm+2Ndijox9wvT+2Gm+qaMfMIfQsdZnIc3BvxpdS5Lr71uHwX9Iz7C9cEqxz6rcr9+KR4bOo/TvBmiVlJ0zJh1ZfdNDeyVlqc0li2+crcXmEkKyitjAXeHnN3Vjw1wcjRm1vtzH30ujUyCmI5KQeAGjFZZaxQTaXZafMxafjsSeoNoVEqf54L8YVLaU4yAwGqlAAvPtPwz4fGG3CuKKgrsA5UYWiw2UAGI1hILYQpu9kOpYa73APs5Aw/PjiTb1OEAJQ4Zrz1Opef8vA1okbctQ6yIwgNx0fpzWAB7iYXZXedM2NtMJ+A8P9DfLS/Rrupzb5JxjFxlow1g/B/3WMzD4kB//2Q==',
  ],
  j2k_s16: [
    '1.2.840.10008.1.2.4.90',
    '/0//UQApAAAAAAAYAAAAFAAAAAAAAAAAAAAAGAAAABQAAAAAAAAAAAABjwEB/1IADAAAAAEAAwQEAAH/XAANQICIiJCIiJCIiJD/ZAAqAAFDcmVhdGVkIGJ5IEdEQ00vT3BlbkpQRUcgdmVyc2lvbiAyLjUuMP+QAAoAAAAAAk8AAf+TwH7BwAjyeR2jts4uGnhJsdCvwH8h8AfmEwB+wSAPMZVfQsjlmV2Xze32H4cOYHuKCdunib8Qn6nsDBdoswfAfyVwD9iWAP2JgB6xYlT2g+p4UNMqQlld6VtFeiaRa1W9VPyUUIAreXRnC0RZP35qLg7kqH8bF1/HZuO9OdK2Ox5NECDcN68uY/nCxM2q0OIe0K+m0NEWCpvvHmJSQteY7wrw8EsVK2wZn3JUCzIOd6LKUDseTV36W1AfzbZqhz/AfzRsA/Z2gH8ugDISTpDGrNJB80D46BkrwxSbiTnABmfDws0mJomnoUJtpaAc4fcuiht1uJ6vdOQ7V0pdqjfxIOpKDjmEXr15nB8EcA0htk0/9Dfy/AVBe7CH/KTOFDiIZ7m5k1oZzVrJqNUDczUeHBNESsPZSWzkNl4u04JKRKhT4wMTo6uoL8+UqkXxkDE48htJvOvmsyn/MvCzi5OjfY5WtySmlj5Av7fmi8Y+hcLORjs0S2jJt+IVInqp84aB8owDfCqoX1MKMJGPM69jltHuNqggAp7duepYViuvx+WjggSsruTmRt4kY0S3IliuYfOERexx059ZLDHwcO6Xus/OI4Kb4JvtL5vZF21KIN7RvCU911DFKjXvl3/ihTgC55kQMPX2BNh/rlhGfWmQ8Z3ykqAt1I+S/2sBQglubjqXCbSrJyX3DmBvpoCE1FaLZLowTIO+j3oSfZaxCrt1Mpwk3w1cLZKyqpiUXUJ1MYJT5hIZK3sgOyA1UjVu7RfHp//ZAA==',
  ],
} as const;

const codecs = createCodecs();

async function decode(
  name: keyof typeof STREAMS,
  signed: boolean,
  bits: number,
  edit?: (bytes: Uint8Array) => Uint8Array,
) {
  const [transferSyntax, base64] = STREAMS[name];
  const stream = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const pixels: Encapsulated = { offsets: [], fragments: [edit ? edit(stream) : stream] };
  const file = writePart10(
    dataSet({
      SOPClassUID: SOP_CLASS.mr,
      SOPInstanceUID: '1.2.3',
      Rows: ROWS,
      Columns: COLUMNS,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      BitsAllocated: bits > 8 ? 16 : 8,
      BitsStored: bits,
      HighBit: bits - 1,
      PixelRepresentation: signed ? 1 : 0,
      PixelData: pixels,
    }),
    { transferSyntax },
  );
  const read = readDicom(file);
  if (!read.ok) throw new Error(read.problems[0].what);
  return decodeGreyFrame(read.value, 0, codecs);
}

describe('compressed frames of other encoders', () => {
  it.each([
    ['jpegls_u12', false, 12],
    ['jpegls_s16', true, 16],
    ['jpegll_s16', true, 16],
    ['pred1', false, 12],
    ['pred2', false, 12],
    ['pred3', false, 12],
    ['pred4', false, 12],
    ['pred5', false, 12],
    ['pred6', false, 12],
    ['pred7', false, 12],
    ['j2k_u12', false, 12],
    ['j2k_s16', true, 16],
  ] as const)('%s is exact', async (name, signed, bits) => {
    const decoded = await decode(name, signed, bits);
    expect(decoded.ok && [...decoded.value.samples]).toEqual(pattern(signed, bits));
  });

  it.each([
    ['jpegls_near', 12, 3],
    ['ext12', 12, 40],
    ['base8', 8, 8],
  ] as const)('%s is within its loss', async (name, bits, most) => {
    const decoded = await decode(name, false, bits);
    if (!decoded.ok) throw new Error(decoded.problems[0].what);
    const expected = pattern(false, bits);
    const errors = [...decoded.value.samples].map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...errors)).toBeLessThanOrEqual(most);
  });

  it('HTJ2K is exact', async () => {
    // @ts-expect-error the codec ships no types
    const { default: factory } = await import('@cornerstonejs/codec-openjph/wasmjs');
    const encoder = new (await factory({ print: () => undefined })).HTJ2KEncoder();
    const values = Uint16Array.from(pattern(false, 12));
    const frame = {
      bitsPerSample: 12,
      componentCount: 1,
      height: ROWS,
      width: COLUMNS,
      isSigned: false,
      isUsingColorTransform: false,
    };
    encoder.getDecodedBuffer(frame).set(new Uint8Array(values.buffer));
    encoder.encode();
    const stream = new Uint8Array(encoder.getEncodedBuffer());
    const file = readDicom(
      writePart10(
        dataSet({
          SOPClassUID: SOP_CLASS.mr,
          SOPInstanceUID: '1.2.3',
          Rows: ROWS,
          Columns: COLUMNS,
          SamplesPerPixel: 1,
          PhotometricInterpretation: 'MONOCHROME2',
          BitsAllocated: 16,
          BitsStored: 12,
          HighBit: 11,
          PixelRepresentation: 0,
          PixelData: { offsets: [], fragments: [stream] },
        }),
        { transferSyntax: TRANSFER_SYNTAX.htj2kLossless },
      ),
    );
    if (!file.ok) throw new Error('unreadable');
    const decoded = await decodeGreyFrame(file.value, 0, codecs);
    expect(decoded.ok && [...decoded.value.samples]).toEqual([...values]);
  });

  it('damaged anywhere never throw, hang or lie about their size', async () => {
    for (const name of Object.keys(STREAMS) as (keyof typeof STREAMS)[]) {
      const bits = name === 'base8' ? 8 : name.endsWith('s16') ? 16 : 12;
      for (let n = 0; n < 6; n++) {
        const decoded = await decode(name, name.endsWith('s16'), bits, (bytes) => {
          const bad = bytes.slice(0, n === 0 ? bytes.length >> 1 : bytes.length);
          if (n > 0) bad[Math.floor((bad.length * n) / 6)] = 0xff ^ (n * 41);
          return bad;
        });
        if (decoded.ok) expect(decoded.value.samples).toHaveLength(ROWS * COLUMNS);
      }
    }
  });

  it('of another size than the header says are refused before they are decoded', async () => {
    const decoded = await decode('jpegls_u12', false, 12, (bytes) => {
      const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xf7);
      const bad = bytes.slice();
      bad[at + 5] = 0x7f;
      return bad;
    });
    expect(decoded.ok ? '' : decoded.problems[0].code).toBe('inconsistent');
  });
});
