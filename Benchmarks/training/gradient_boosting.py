"""scikit-learn's histogram gradient boosting, one regressor per parameter, chosen on the validation samples."""

import time

import joblib
import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from inputs import FEATURES, chosen
from samples import TRAINING, VALIDATION, Samples

CANDIDATES = {  # name: (features, options)
    f"{features}, {leaves} leaves, rate {rate}":
        (features, {"max_leaf_nodes": leaves, "learning_rate": rate, "max_features": share})
    for features, leaves, rate, share in (
        ("log power", 31, 0.1, 0.1), ("log power", 8, 0.1, 0.1), ("log ratios", 8, 0.1, 0.1),
        ("components", 8, 0.1, 0.3), ("log ratios", 4, 0.1, 0.1), ("log ratios", 8, 0.05, 0.1))
}
ROUNDS = 3000
PATIENCE = 50


class GradientBoosting:
    """The best candidate for each parameter; `trials` says how all of them did."""

    name = "gradient boosting"

    def __init__(self, samples: Samples, folder, only=()):
        self.trials = []
        self.best = [None] * len(samples.names)
        targets = samples.targets
        training, validation = samples.rows(TRAINING), samples.rows(VALIDATION)
        least = np.full(len(samples.names), np.inf)
        for name, (features, options) in chosen(CANDIDATES, only).items():
            x = FEATURES[features](samples)
            for p, parameter in enumerate(samples.names):
                path = folder / f"boosting, {name}, {parameter}.joblib"
                if path.exists():
                    regressor, seconds = joblib.load(path)
                else:
                    start = time.perf_counter()
                    regressor = HistGradientBoostingRegressor(
                        max_iter=ROUNDS, early_stopping=True, n_iter_no_change=PATIENCE, random_state=1, **options)
                    regressor.fit(x[training], targets[training, p], X_val=x[validation], y_val=targets[validation, p])
                    seconds = time.perf_counter() - start
                    joblib.dump((regressor, seconds), path)
                rmse = np.sqrt(np.mean((regressor.predict(x[validation]) - targets[validation, p]) ** 2))
                self.trials.append({"candidate": name, "parameter": parameter, "seconds": seconds,
                                    "rounds": regressor.n_iter_, "validation_rmse": float(rmse)})
                print(self.trials[-1], flush=True)
                if rmse < least[p]:
                    least[p], self.best[p] = rmse, (features, regressor)

    def estimates(self, samples: Samples, rows) -> np.ndarray:
        """In the unit cube, [row, parameter]."""
        return np.stack([model.predict(FEATURES[features](samples)[rows]) for features, model in self.best], axis=1)
