"""The paper's network in Keras with TensorFlow.

As a program it times training: keras_peer.py samples.npz THREADS EPOCHS prints one line of JSON per way of compiling.
"""

import json
import os
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np
import tensorflow as tf

NAMES = ("convolution_1/kernel", "convolution_2/kernel", "convolution_3/kernel", "dense_1/kernel", "dense_1/bias",
         "dense_2/kernel", "dense_2/bias", "dense_3/kernel")


class AdamOfThePaper(keras.optimizers.Adam):
    """Adam with ε added to the corrected root, as in Kingma and Ba's Algorithm 1, PyTorch and brunel-lfp; Keras' own
    adds it to the uncorrected root."""

    def update_step(self, gradient, variable, learning_rate):
        step = keras.ops.cast(self.iterations + 1, variable.dtype)
        keep = self.epsilon
        self.epsilon = keep * keras.ops.sqrt(1 - keras.ops.power(keras.ops.cast(self.beta_2, variable.dtype), step))
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = keep


def network(frequencies, channels, outputs):
    layers = [keras.Input((frequencies, channels))]
    for width in (12, 4, 4):
        layers += [keras.layers.Conv1D(20, width, activation="relu", use_bias=False), keras.layers.MaxPooling1D(2)]
    layers += [keras.layers.Flatten(), keras.layers.Dense(128, activation="relu"),
               keras.layers.Dense(128, activation="relu"), keras.layers.Dense(outputs, use_bias=False)]
    return keras.Sequential(layers)


def fitted(data, epochs, batch, adam=keras.optimizers.Adam, weights=None, seed=1, jit=False, callbacks=(),
           shuffle=True, rate=1e-3):
    """A trained network and its history. `data` holds x, y and x_validation, y_validation."""
    keras.utils.set_random_seed(seed)
    model = network(*data["x"].shape[1:], data["y"].shape[1])
    if weights is not None:
        model.set_weights([weights[name] for name in NAMES])
    model.compile(adam(learning_rate=rate, epsilon=1e-8), loss="mse", jit_compile=jit)
    history = model.fit(
        data["x"], data["y"], batch, epochs, validation_data=(data["x_validation"], data["y_validation"]),
        validation_batch_size=1000, shuffle=shuffle, callbacks=list(callbacks), verbose=0)
    return model, history.history


def losses(data, steps, rate, weights, stock: bool):
    """Losses on all training samples before each step and on the validation samples after it; a step takes them all."""
    _, history = fitted(data, steps, len(data["x"]), keras.optimizers.Adam if stock else AdamOfThePaper, weights,
                        shuffle=False, rate=rate)
    return np.array(history["loss"]), np.array(history["val_loss"])


class BestWeights(keras.callbacks.Callback):
    """Restores the weights of the epoch with the least validation loss."""

    def on_train_begin(self, logs=None):
        self.least, self.epoch, self.weights = np.inf, 0, None

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.least:
            self.least, self.epoch, self.weights = logs["val_loss"], epoch + 1, self.model.get_weights()

    def on_train_end(self, logs=None):
        self.model.set_weights(self.weights)


class EpochTimes(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.ends = []

    def on_epoch_end(self, epoch, logs=None):
        self.ends.append(time.perf_counter())


def main():
    threads, epochs = map(int, sys.argv[2:])
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    data = dict(np.load(sys.argv[1]))
    for jit in (False, True):
        times = EpochTimes()
        model, _ = fitted(data, epochs + 1, 100, jit=jit, callbacks=[times])  # the first epoch compiles
        training = epochs * len(data["x"]) / (times.ends[-1] - times.ends[0])
        call = tf.function(lambda x: model(x, training=False), jit_compile=jit)
        batches = tf.constant(data["x"][: len(data["x"]) // 1000 * 1000].reshape(-1, 1000, *data["x"].shape[1:]))
        call(batches[0])
        start = time.perf_counter()
        for batch in batches:
            call(batch)
        inference = batches.shape[0] * 1000 / (time.perf_counter() - start)
        print(json.dumps({"way": "jit" if jit else "no jit", "training": training, "inference": inference}), flush=True)


if __name__ == "__main__":
    main()
