"""What a protocol's plan leads to, over all days on which a patient may start."""
