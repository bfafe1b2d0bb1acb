/** Somebody else's bean, and its unit test, which is compiled and run as an outsider's. */
package com.example.shop;
